import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parse } from 'yaml';
import { type Crd, describeWithSchemas, readCrd, type Schema, SCHEMAS } from './support/schemas';

const ROOT = path.resolve(__dirname, '..');
const DEFINITIONS = path.join('imports', 'cert-manager.crds.yaml');
const GENERATED = 'cert-manager.io.ts';

// Words are ours and structure is walked; how lists merge and the CEL rules matter to the API server alone and are not in our definitions.
const UNCOMPARED = ['description', 'properties', 'items', 'additionalProperties', 'x-kubernetes-list-type', 'x-kubernetes-validations'];

const own = (parse(readFileSync(path.join(ROOT, DEFINITIONS), 'utf8')) as { items: Crd[] }).items;
const kinds = own.map((crd): [string, Crd] => [crd.spec.names.kind, crd]);

test('the committed import is what the cdk8s command line makes of our definitions', () => {
  const output = mkdtempSync(path.join(tmpdir(), 'cdk8s-import-'));
  try {
    cdk8s('import', DEFINITIONS, '--language', 'typescript', '--output', output, '--no-save', '--check-upgrade=false');

    // Buffers, because a difference in line ends counts, and not `toEqual`, because a diff of 7,000 lines is of no help.
    const same = readFileSync(path.join(output, GENERATED)).equals(readFileSync(path.join(ROOT, 'imports', GENERATED)));
    expect(same ? 'up to date' : 'stale: run `npm run import`').toBe('up to date');
  } finally {
    rmSync(output, { recursive: true });
  }
});

test('both issuers have the same spec', () => {
  expect(kinds.map(([kind]) => kind)).toEqual(['Issuer', 'ClusterIssuer', 'Certificate']);
  expect(specOf(own[1])).toEqual(specOf(own[0]));
});

test.each(kinds)('every field of %s is described in one line', (_, crd) => {
  const undescribed = [...walk(specOf(crd))].filter(([at, { description }]) => isField(at) && !/^[^\n]{3,}$/.test(String(description)));

  expect(undescribed.map(([at]) => at)).toEqual([]);
});

describeWithSchemas.each(kinds)('%s beside that of cert-manager', (kind, crd) => {
  let upstream: Crd;
  beforeAll(() => { upstream = readCrd(path.join(SCHEMAS, 'cert-manager', `cert-manager.io_${kind.toLowerCase()}s.yaml`)); });

  test('is the same resource', () => {
    expect(identityOf(crd)).toEqual(identityOf(upstream));
    expect(schemaOf(crd).required).toEqual(schemaOf(upstream).required);
    expect(Object.keys(schemaOf(crd).properties ?? {})).toEqual(Object.keys(schemaOf(upstream).properties ?? {}).filter((name) => name !== 'status'));
  });

  test('has every field but the pod templates of solvers', () => {
    const fields = new Set(walk(specOf(crd)).keys());
    const missing = [...walk(specOf(upstream)).keys()].filter((at) => !fields.has(at));

    expect(missing.filter((at) => !/\.podTemplate\b/.test(at))).toEqual([]);
    expect(missing.filter((at) => at.endsWith('.podTemplate'))).toEqual(kind === 'Certificate' ? [] : [
      '.acme.solvers[].http01.gatewayHTTPRoute.podTemplate',
      '.acme.solvers[].http01.ingress.podTemplate',
    ]);
  });

  test('has no field and no constraint of its own', () => {
    const theirs = walk(specOf(upstream));
    const constraints = [...walk(specOf(crd))].map(([at, schema]) => [at, constraintsOf(schema)]);
    const expected = constraints.map(([at]) => [at, constraintsOf(theirs.get(at as string))]);

    expect(constraints).toEqual(expected);
  });
});

function cdk8s(...args: string[]): void {
  execFileSync(process.execPath, [path.join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s'), ...args], { cwd: ROOT, stdio: 'pipe' });
}

function schemaOf(crd: Crd | undefined): Schema {
  return crd?.spec.versions[0]?.schema.openAPIV3Schema ?? {};
}

function specOf(crd: Crd | undefined): Schema {
  return schemaOf(crd).properties?.['spec'] ?? {};
}

function identityOf({ spec: { group, scope, names, versions } }: Crd): object {
  const { kind, listKind, plural, singular } = names as Record<string, unknown>;
  return { group, scope, kind, listKind, plural, singular, versions: versions.map(({ name, served }) => ({ name, served })) };
}

/** Every schema below one, by path: `.usages` for a field, `.usages[]` for what a list holds, `.labels{}` for what a map holds. */
function walk(schema: Schema, at = ''): Map<string, Schema> {
  const { properties, items, additionalProperties } = schema;
  return new Map([
    [at, schema] as const,
    ...Object.entries(properties ?? {}).flatMap(([name, field]) => [...walk(field, `${at}.${name}`)]),
    ...(items ? walk(items, `${at}[]`) : []),
    ...(typeof additionalProperties === 'object' ? walk(additionalProperties, `${at}{}`) : []),
  ]);
}

function isField(at: string): boolean {
  return !/[\]}]$/.test(at);
}

/** All that narrows a value. */
function constraintsOf(schema: Schema | undefined): unknown {
  if (!schema) {
    return 'no such field';
  }
  const constraints = Object.entries(schema).filter(([keyword]) => !UNCOMPARED.includes(keyword));
  return { ...Object.fromEntries(constraints), required: [...(schema.required ?? [])].sort() };
}
