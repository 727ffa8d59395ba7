import { differences } from './differences';
import { KUBEDB_FIELDS } from './fields';
import { KubeDbContext } from './kubedb-context';
import { Change, readRequest, withChange } from './ops-requests';
import { isGiven, mapping, Mapping, text } from '../../data';
import { FieldPath, NotCheckedReason, ReadManifest, ReadResult, SourcePosition } from '../../reading';
import { type Acknowledgements, Report } from '../conversion-report';
import { Fields, Statement } from '../expression';
import { type Answer, changed, same, unsupported } from '../field-rule';
import { ConversionOutcome, ConversionReportEntry } from '../outcome';
import { assembleProps, propsOf } from '../props-tree';
import { fieldName, walkFields } from '../walk-fields';

/** Name of a YAML text without a file in messages. */
export const KUBEDB_TEXT = 'kubedb.yaml';

/** A database of KubeDB as properties of `Postgres`. */
export interface ConvertedDatabase {
  readonly name: string;
  /** Empty if the input names none. */
  readonly namespace: string;
  readonly apiVersion: string;
  /** The constructs that the properties refer to. */
  readonly statements: ReadonlyArray<Statement>;
  readonly props: Fields;
}

export interface Conversion {
  readonly databases: ReadonlyArray<ConvertedDatabase>;
  readonly entries: ReadonlyArray<ConversionReportEntry>;
  /** Why nothing is made of the input, each with its place. */
  readonly faults: ReadonlyArray<string>;
}

const VERSIONS: Readonly<Record<string, 'v1' | 'v1alpha2'>> = { 'kubedb.com/v1': 'v1', 'kubedb.com/v1alpha2': 'v1alpha2', 'gitops.kubedb.com/v1alpha1': 'v1' };
const OPS = 'ops.kubedb.com/v1alpha1';

/**
 * The databases of KubeDB in files: their properties, a report field by field, and all faults.
 *
 * @param patroniImage image with Patroni for databases with several instances
 * @param isNamed whether a file was asked for by itself; beside those that are found in a folder are often files that are no manifests
 */
export function convertKubeDb(
  input: ReadResult, acknowledgements: Acknowledgements = {}, patroniImage?: string, isNamed: (file: string) => boolean = () => true,
): Conversion {
  const report = new Report(acknowledgements);
  for (const { file, position, reason, problem, fix, isFinding } of input.notChecked) {
    if (reason !== NotCheckedReason.EMPTY && reason !== NotCheckedReason.DERIVED && (isFinding || isNamed(file))) { report.fault(position ?? { file, line: 1, column: 1 }, problem, fix === '' ? 'leave it out of the input' : fix); }
  }
  for (const { position, problem, fix } of input.faults) { report.fault(position, problem, fix); }
  const databases = input.manifests.filter((manifest) => isDatabase(manifest.content));
  const requests = input.manifests.filter(({ content }) => content['apiVersion'] === OPS && content['kind'] === 'PostgresOpsRequest');
  const converted = databases.map((manifest) => {
    const context = (content: Mapping) => new KubeDbContext(content, input.manifests, patroniImage);
    return convertDatabase(manifest, requests.filter(({ content }) => targets(content, manifest.content)), context, report);
  });
  for (const request of requests.filter(({ content }) => !databases.some((manifest) => targets(content, manifest.content)))) {
    const { name } = mapping(mapping(request.content['spec'])['databaseRef']);
    const problem = name === undefined ? 'no database is named' : `the input has no Postgres '${text(name)}'`;
    report.fault(request.locate(['spec', 'databaseRef', 'name']), `${objectName(request.content)}: spec.databaseRef.name: ${problem}`, 'give the database together with its requests');
  }
  for (const manifest of input.manifests.filter((other) => !databases.includes(other) && !requests.includes(other))) { readOther(manifest, converted, report); }
  if (databases.length === 0 && report.faults.length === 0) { report.faults.push("the input has no Postgres of kubedb.com; give KubeDB's manifest of a database"); }
  report.finish(input.manifests.length > 0);
  return { databases: converted.map(({ database }) => database), entries: report.entries, faults: report.faults };
}

interface Converted {
  readonly database: ConvertedDatabase;
  readonly context: KubeDbContext;
}

function convertDatabase(manifest: ReadManifest, requests: ReadonlyArray<ReadManifest>, contextOf: (content: Mapping) => KubeDbContext, report: Report): Converted {
  const origins: Array<Change & { readonly manifest: ReadManifest }> = [];
  let content: Mapping = manifest.content;
  for (const request of requests) {
    const { changes, answers } = readRequest(request.content, mapping(content['spec']));
    for (const { path, answer } of answers) { report.add(objectName(request.content), fieldName(path), fieldName(path), request.locate(path), answer); }
    for (const change of changes) {
      content = withChange(content, change.path, change.value) as Mapping;
      origins.push({ ...change, manifest: request });
      const what = change.value === undefined ? `removes ${fieldName(change.path)}` : `sets ${fieldName(change.path)}`;
      report.add(objectName(request.content), fieldName(change.from), fieldName(change.from), request.locate(change.from), same(`${what} of ${objectName(manifest.content)}`));
    }
  }
  const locate = (path: FieldPath): SourcePosition => {
    const origin = origins.filter((change) => isBelow(path, change.path)).sort((one, other) => other.path.length - one.path.length)[0];
    return origin === undefined ? manifest.locate(path) : origin.manifest.locate([...origin.from, ...path.slice(origin.path.length)]);
  };
  const context = contextOf(content);
  const { apiVersion, kind: _, status, ...resource } = content;
  const object = objectName(content);
  if (isGiven(status)) { report.add(object, 'status', 'status', locate(['status']), changed('left out: the operator writes it')); }
  if (!isGiven(resource['spec'])) { report.add(object, 'spec', 'spec', locate([]), { problem: 'is missing', fix: 'give the whole object' }); }
  const answers = isGiven(resource['spec']) ? walkFields(resource, KUBEDB_FIELDS, { name: "KubeDB's Postgres", version: VERSIONS[text(apiVersion)]! }, context) : [];
  for (const { path, pattern, answer } of answers) { report.add(object, fieldName(path), pattern, locate(path), answer); }
  for (const [difference, answer] of differences(context)) { report.add(object, `(${difference})`, `(${difference})`, locate(['spec']), answer); }
  const { name, namespace, statements } = context;
  return { context, database: { name, namespace, apiVersion: text(apiVersion), statements, props: assembleProps(propsOf(answers, KUBEDB_FIELDS)) } };
}

/** An object beside the databases. */
function readOther({ content, position }: ReadManifest, converted: ReadonlyArray<Converted>, report: Report): void {
  const [group, kind] = [text(content['apiVersion']).replace(/\/?[^/]*$/, ''), text(content['kind'])];
  const { name } = mapping(content['metadata']);
  const add = (answer: Answer) => { report.add(objectName(content), '', kind, position, answer); };
  const kept = (note: string) => { add({ outcome: ConversionOutcome.KEPT, note, props: [] }); };
  if (group === 'cert-manager.io' && (kind === 'Issuer' || kind === 'ClusterIssuer')) {
    if (converted.some(({ context }) => context.isUsed(kind, text(name)))) { return add(same(`construct ${kind}`)); }
    return kept('the certificates refer to it by name: keep its manifest');
  }
  if (group === 'cert-manager.io' || (group === '' && ['Secret', 'ConfigMap', 'Namespace'].includes(kind))) { return kept('keep its manifest'); }
  if (group === 'appcatalog.appscode.com' && kind === 'AppBinding') {
    return add(converted.some(({ database }) => database.name === name) ? changed("left out: the operator writes it; clients find the database by 'endpoint' and 'addClient'")
      : unsupported('a database elsewhere: Postgres.fromPostgresAttributes refers to one'));
  }
  if (group === 'kubedb.com' && kind === 'Postgres') { return add({ problem: `is of ${text(content['apiVersion'])}`, fix: 'give the object in kubedb.com/v1 or kubedb.com/v1alpha2, as kubectl get prints it' }); }
  add(unsupported(`a ${kind} is not converted: leave it out of the input`));
}

function isBelow(path: FieldPath, above: FieldPath): boolean {
  return above.length <= path.length && above.every((name, index) => name === path[index]);
}

function isDatabase({ apiVersion, kind }: Mapping): boolean {
  return kind === 'Postgres' && Object.hasOwn(VERSIONS, text(apiVersion));
}

function targets(request: Mapping, database: Mapping): boolean {
  const [from, to] = [mapping(request['metadata']), mapping(database['metadata'])];
  const sameNamespace = !isGiven(from['namespace']) || !isGiven(to['namespace']) || from['namespace'] === to['namespace'];
  return sameNamespace && mapping(mapping(request['spec'])['databaseRef'])['name'] === to['name'];
}

function objectName({ kind, metadata }: Mapping): string {
  return `${text(kind)} ${text(mapping(metadata)['name'])}`.trim();
}
