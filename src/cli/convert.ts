import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CommandLine } from './command-line';
import { UsageError } from './usage-error';
import { Acknowledgements, convertBitnamiValues, ConvertedDatabase, convertKubeDb, ConversionOutcome, ConversionReportEntry, programText } from '../conversion';
import { groupBy } from '../data';
import { readPaths, ReadResult, readSettings, readText } from '../reading';

/** What a conversion gives. */
export interface Converted {
  /** The program or the manifests; undefined if there are faults. */
  readonly text?: string;
  /** What becomes of each field, a line each. */
  readonly report: string;
  readonly faults: ReadonlyArray<string>;
}

/** Converts the databases of KubeDB in files, or the values of Bitnami's chart. */
export function convert({ paths, out, acknowledge, bitnami, issuer, patroniImage }: Pick<CommandLine, 'paths' | 'out' | 'acknowledge' | 'bitnami' | 'issuer' | 'patroniImage'>, root: string): Converted {
  if (paths.length === 0) { throw new UsageError('no path; use: cdk8s-postgres-tls convert PATH…'); }
  const isYaml = out !== undefined && /\.ya?ml$/.test(out);
  if (out !== undefined && !isYaml && !out.endsWith('.ts')) { throw new UsageError(`--out ${out} is neither a .ts nor a .yaml file; use one of them`); }
  if (issuer !== undefined && bitnami === undefined) { throw new UsageError("--issuer applies to --bitnami; KubeDB's YAML names its issuer"); }
  if (patroniImage !== undefined && bitnami !== undefined) { throw new UsageError('--patroni-image applies to databases of KubeDB, not to --bitnami'); }
  if (bitnami !== undefined) { return convertValues(paths, bitnami, issuer, isYaml, acknowledge); }
  const input = readPaths(paths);
  const { databases, entries, faults } = convertKubeDb(input, acknowledge, patroniImage, (file) => paths.includes(file));
  const report = reportText(entries);
  if (faults.length > 0) { return { report, faults }; }
  try {
    return { text: isYaml ? manifestsText(databases, input, { acknowledge, patroniImage }, root) : programText(databases), report, faults };
  } catch (error) {
    return { report, faults: [(error as Error).message] };
  }
}

/** The values of Bitnami's chart as a program. */
function convertValues(
  paths: ReadonlyArray<string>, bitnami: string, issuer: string | undefined, isYaml: boolean, acknowledge: Acknowledgements,
): Converted {
  const [file = '', ...others] = paths;
  const [, namespace, release] = /^([^/]+)\/([^/]+)$/.exec(bitnami) ?? [];
  const [, kind, name] = /^(Issuer|ClusterIssuer)\/([^/]+)$/.exec(issuer ?? '') ?? [];
  if (namespace === undefined || release === undefined) { throw new UsageError(`--bitnami ${bitnami} is not NAMESPACE/RELEASE, such as shop/orders`); }
  if (issuer !== undefined && (kind === undefined || name === undefined)) { throw new UsageError(`--issuer ${issuer} is neither Issuer/NAME nor ClusterIssuer/NAME`); }
  if (others.length > 0) { throw new UsageError('--bitnami converts one values file; merge them as helm get values prints them'); }
  if (isYaml) { throw new UsageError('--bitnami writes a program; use --out FILE.ts'); }
  const statement = name === undefined ? undefined : { variable: 'issuer', id: name, make: `${kind!}.from${kind!}Name`, parameters: [name] };
  const given = statement === undefined ? {} : { issuer: { variable: 'issuer', statement } };
  const { databases, entries, faults } = convertBitnamiValues(readSettings(file, readText(file)), { release, namespace, ...given }, acknowledge);
  return { ...(faults.length === 0 ? { text: programText(databases) } : {}), report: reportText(entries), faults };
}

/** `db.yaml:7:3 changed in meaning Postgres pg spec.version: …`, and the number of fields with each outcome. */
export function reportText(entries: ReadonlyArray<ConversionReportEntry>): string {
  const lines = entries.map(({ file, line, column, outcome, object, field, note, acknowledged }) => (
    `${file}:${line}:${column} ${outcome} ${object}${field === '' ? '' : ` ${field}`}: ${note}${acknowledged === undefined ? '' : `; acknowledged: ${acknowledged}`}`));
  const counts = Object.values(ConversionOutcome)
    .map((outcome) => [outcome, entries.filter((entry) => entry.outcome === outcome).length] as const).filter(([, count]) => count > 0);
  return entries.length === 0 ? '' : [...lines, '', counts.map(([outcome, count]) => `${count} ${outcome}`).join(', '), ''].join('\n');
}

interface Peers {
  readonly App: new () => { synthYaml(): string };
  readonly Chart: new (scope: unknown, id: string, props: { readonly namespace?: string }) => unknown;
}

interface GivenOptions {
  readonly acknowledge: Acknowledgements;
  readonly patroniImage: string | undefined;
}

interface Package {
  readonly Postgres: { fromKubeDb(scope: unknown, id: string, yaml: string, options: GivenOptions & { readonly database: string }): unknown };
}

/** The manifests, by the package itself, which alone loads cdk8s. */
function manifestsText(databases: ReadonlyArray<ConvertedDatabase>, { manifests }: ReadResult, options: GivenOptions, root: string): string {
  const load = createRequire(join(root, 'lib', 'src', 'index.js'));
  const { Postgres } = load('./index.js') as Package;
  const { App, Chart } = load('cdk8s') as Peers;
  const app = new App();
  // JSON is YAML.
  const yaml = manifests.map(({ content }) => JSON.stringify(content)).join('\n---\n');
  for (const [namespace, group] of groupBy(databases, (database) => database.namespace)) {
    const chart = new Chart(app, namespace === '' ? group[0]!.name : namespace, namespace === '' ? {} : { namespace });
    for (const { name } of group) { Postgres.fromKubeDb(chart, name, yaml, { ...options, database: name }); }
  }
  return app.synthYaml();
}
