import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { FIELD_CASES } from './field-cases';
import { convertKubeDb, KUBEDB_FIELDS, ConversionOutcome, programText } from '../../src/conversion';
import { mapping, Mapping } from '../../src/data';
import { readTexts } from '../../src/reading';
import { SCHEMAS, testWithSchemas } from '../support/schemas';

const BASE = {
  metadata: { name: 'pg', namespace: 'demo' },
  spec: {
    version: '18.3', clientAuthMode: 'cert', deletionPolicy: 'Halt', storage: { resources: { requests: { storage: '1Gi' } } },
    tls: { issuerRef: { kind: 'Issuer', name: 'ca' } },
    monitor: { agent: 'prometheus.io/operator' },
  },
};

const ITEMS: Readonly<Record<string, Mapping>> = { certificates: { alias: 'server' }, serviceTemplates: { alias: 'primary' }, containers: { name: 'postgres' } };

const CONF = 'apiVersion: v1\nkind: Secret\nmetadata: { name: conf, namespace: demo }\nstringData: { user.conf: "max_connections = 300\\npg_stat_statements.max = 7000\\n" }\n';

/** A copy of a value with the field of a pattern set; `[]` is the first item. */
function withField(value: unknown, [step, ...rest]: ReadonlyArray<string>, field: unknown): unknown {
  if (step === undefined) { return field; }
  const name = step.replace('[]', '');
  const inner = mapping(value)[name];
  if (name === step) { return { ...mapping(value), [name]: withField(inner, rest, field) }; }
  return { ...mapping(value), [name]: [withField(ITEMS[name], rest, field)] };
}

function yamlWith(pattern: string, field: unknown, apiVersion: string): string {
  const base = apiVersion === 'kubedb.com/v1' ? BASE : withField(BASE, ['spec', 'deletionPolicy'], null);
  return stringify({ apiVersion, kind: 'Postgres', ...mapping(withField(base, pattern.split('.'), field)) });
}

test('every field has a case, and every case a field', () => {
  expect([...new Set(FIELD_CASES.map(([field]) => field))].sort()).toEqual(Object.keys(KUBEDB_FIELDS).sort());
});

test.each(FIELD_CASES.map((entry) => [entry[0], JSON.stringify(entry[1]), entry] as const))('%s: %s', (pattern, _, [, value, outcome, program]) => {
  const apiVersion = KUBEDB_FIELDS[pattern]!.only === 'v1alpha2' ? 'kubedb.com/v1alpha2' : 'kubedb.com/v1';
  const text = yamlWith(pattern, value, apiVersion);
  const field = pattern.replaceAll('[]', '[0]');
  const acknowledge = outcome === ConversionOutcome.NOT_SUPPORTED ? { [field]: 'a reason' } : {};
  const { entries, faults, databases } = convertKubeDb(readTexts([['db.yaml', `${text}---\n${CONF}`]]), acknowledge);
  expect(faults).toEqual([]);
  const found = entries.filter((entry) => entry.field === field);
  expect(found).toEqual([expect.objectContaining({ object: 'Postgres pg', outcome, file: 'db.yaml', line: lineOf(text, pattern) })]);
  expect(found[0]!.note).not.toBe('');
  expect(found[0]!.acknowledged).toBe(outcome === ConversionOutcome.NOT_SUPPORTED ? 'a reason' : undefined);
  if (program !== undefined) { expect(programText(databases)).toContain(program); } else { expect(programText(databases)).toBe(programWithout(pattern, apiVersion)); }
  // Without the acknowledgement it is an error that names the field.
  if (outcome === ConversionOutcome.NOT_SUPPORTED) {
    const { faults: errors } = convertKubeDb(readTexts([['db.yaml', `${text}---\n${CONF}`]]));
    expect(errors).toEqual([expect.stringMatching(/^\[db\.yaml:\d+:\d+\] Postgres pg: \S+ is not supported: .+; change it, or acknowledge '.+' with a reason to leave it out$/)]);
    expect(errors[0]).toContain(`Postgres pg: ${field} is not supported: `);
  }
});

/** The line of the last step of a pattern, found without the code under test: keys are unique in the text below their parents. */
function lineOf(text: string, pattern: string): number {
  const lines = text.split('\n');
  let at = -1;
  for (const step of pattern.split('.')) {
    const name = step.replace('[]', '');
    at = lines.findIndex((line, index) => index > at && new RegExp(`^[\\s-]*["']?${name}["']?:`).test(line));
  }
  return at + 1;
}

/** The program of the base: a field without a property changes nothing. */
function programWithout(pattern: string, apiVersion: string): string {
  const parent = pattern.includes('[]') ? pattern.slice(0, pattern.indexOf('[]')) : pattern;
  const text = yamlWith(parent, parent === pattern && pattern.startsWith('metadata.') ? undefined : valueOf(BASE, parent.split('.')), apiVersion);
  return programText(convertKubeDb(readTexts([['db.yaml', text]])).databases);
}

function valueOf(value: unknown, path: ReadonlyArray<string>): unknown {
  return path.reduce((inner: unknown, name) => mapping(inner)[name], value) ?? null;
}

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  /** Of a mapping with any names, such as `requests`. */
  readonly additionalProperties?: Schema;
}

/** Every field of a schema down to the fields that a rule takes as a whole; those without a rule. */
function fieldsWithoutRule(schema: Schema, pattern: string, version: string): string[] {
  const rule = KUBEDB_FIELDS[pattern];
  if (rule !== undefined) { return rule.only === undefined || rule.only === version ? [] : [pattern]; }
  const inner = schema.items ?? schema;
  const below = schema.items === undefined ? pattern : `${pattern}[]`;
  if (inner.properties === undefined) { return inner.additionalProperties !== undefined && Object.keys(KUBEDB_FIELDS).some((known) => known.startsWith(`${below}.`)) ? [] : [pattern]; }
  return Object.entries(inner.properties).flatMap(([name, field]) => fieldsWithoutRule(field, `${below}.${name}`, version));
}

function schemaAt(schema: Schema | undefined, [step, ...rest]: ReadonlyArray<string>): Schema | undefined {
  if (step === undefined || schema === undefined) { return schema; }
  const field = schema.properties?.[step.replace('[]', '')] ?? schema.additionalProperties;
  return schemaAt(step.endsWith('[]') ? field?.items : field, rest);
}

function crdVersions(): Array<{ readonly name: string; readonly spec: Schema }> {
  const crd = parse(readFileSync(join(SCHEMAS, 'kubedb/kubedb.com_postgreses.yaml'), 'utf8')) as { readonly spec: { readonly versions: ReadonlyArray<{ readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }> } };
  return crd.spec.versions.map(({ name, schema }) => ({ name, spec: schema.openAPIV3Schema.properties!['spec']! }));
}

testWithSchemas('every field of the CRD has a rule in its version of the API', () => {
  for (const { name, spec } of crdVersions()) { expect(fieldsWithoutRule(spec, 'spec', name)).toEqual([]); }
});

testWithSchemas('every rule is for a field of the CRD, in the versions that have it', () => {
  const versions = crdVersions();
  expect(versions.map(({ name }) => name).sort()).toEqual(['v1', 'v1alpha2']);
  const wrong = Object.entries(KUBEDB_FIELDS).filter(([pattern]) => pattern.startsWith('spec.')).flatMap(([pattern, { only, knows }]) => versions.flatMap(({ name, spec }) => {
    const schema = schemaAt(spec, pattern.split('.').slice(1));
    if ((schema !== undefined) !== (only === undefined || only === name)) { return [`${name} ${pattern}`]; }
    const known = Object.keys(schema?.properties ?? {});
    // The fields of a mapping that is taken as a whole.
    return schema === undefined || knows === undefined || known.every((field) => knows.includes(field)) ? [] : [`${name} ${pattern}: ${known.filter((field) => !knows.includes(field)).join(', ')}`];
  }));
  expect(wrong).toEqual([]);
});
