import { type Answer, changed, FieldRules, FLAG, INTEGER, MAPPING, oneOf, refused, same, Taken, TEXT, unsupported } from '../field-rule';
import { databaseVersion } from './database-version';
import { isGiven, mapping, Mapping, mappings, text } from '../../data';
import type { FieldPath } from '../../reading';

/** A field of a database that a request sets: where it comes from in the request. */
export interface Change {
  readonly path: FieldPath;
  /** Undefined removes the field. */
  readonly value: unknown;
  readonly from: FieldPath;
}

/** What a request means for the database. */
export interface RequestAnswer {
  readonly path: FieldPath;
  readonly answer: Answer;
}

/** A PostgresOpsRequest as the changes of a database that it describes. */
export interface ReadRequest {
  readonly changes: ReadonlyArray<Change>;
  readonly answers: ReadonlyArray<RequestAnswer>;
}

/** The fields of each type of request. Source: kubedb/apimachinery, apis/ops/v1alpha1/postgres_ops_types.go. */
const SECTIONS: Readonly<Record<string, string>> = {
  ReconfigureTLS: 'tls', UpdateVersion: 'updateVersion', VolumeExpansion: 'volumeExpansion', VerticalScaling: 'verticalScaling', Reconfigure: 'configuration', HorizontalScaling: 'horizontalScaling',
  Restart: 'restart',
};

/** Types that describe no change which a manifest could have. */
const OTHER_TYPES: Readonly<Record<string, string>> = {
  RotateAuth: 'the password is that of the Secret: change the Secret',
  StorageMigration: 'a volume claim keeps its StorageClass: move the data by dump and restore (docs/kubedb.md)',
  ReconnectStandby: 'there are no standbys', ForceFailOver: 'there are no standbys', SetRaftKeyPair: 'there is no coordinator', Rollback: 'describe the former state',
};

const COMMON = ['type', 'databaseRef', 'timeout', 'apply', 'maxRetries'];

/** The checks of the fields that every request has. */
export const REQUEST_FIELDS: FieldRules = {
  timeout: { is: TEXT, take: () => changed('without effect: Kubernetes applies the manifest') },
  apply: { is: oneOf('IfReady', 'Always'), take: () => changed('without effect: Kubernetes applies the manifest') },
  maxRetries: { is: INTEGER, take: () => changed('without effect: Kubernetes applies the manifest') },
};

/** What a request changes in a database with this `spec`. */
export function readRequest(request: Mapping, database: Mapping): ReadRequest {
  const spec = mapping(request['spec']);
  const type = text(spec['type']);
  const section = SECTIONS[type];
  const common = Object.entries(spec).flatMap(([field, value]): RequestAnswer[] => {
    const path = ['spec', field];
    const rule = Object.hasOwn(REQUEST_FIELDS, field) ? REQUEST_FIELDS[field] : undefined;
    if (rule !== undefined) { return isGiven(value) ? [{ path, answer: rule.is.accepts(value) ? rule.take(value, undefined as never, {}) : refused(`is ${text(value)}`, `write ${rule.is.name}`) }] : []; }
    return COMMON.includes(field) || field === section || !isGiven(value) || OTHER_TYPES[type] !== undefined ? [] : [{ path, answer: refused(`is not a field of a request of type ${type}`, 'remove it') }];
  });
  const at: FieldPath = ['spec', 'type'];
  if (OTHER_TYPES[type] !== undefined) { return { changes: [], answers: [...common, { path: at, answer: unsupported(`${type}: ${OTHER_TYPES[type]}`) }] }; }
  if (section === undefined) { return { changes: [], answers: [{ path: at, answer: refused(`is '${type}'`, `use one of ${[...Object.keys(SECTIONS), ...Object.keys(OTHER_TYPES)].join(', ')}`) }] }; }
  const read = READERS[section]!(mapping(spec[section]), database, ['spec', section]);
  if (type !== 'Restart' && !isGiven(spec[section])) { return { changes: [], answers: [...common, { path: at, answer: refused(`is ${type} without ${section}`, `set spec.${section}`) }] }; }
  return { changes: read.changes, answers: [...common, ...read.answers] };
}

type Reader = (section: Mapping, database: Mapping, from: FieldPath) => ReadRequest;

const READERS: Readonly<Record<string, Reader>> = {
  tls: reconfigureTls,
  updateVersion: (section, database, from) => only(section, from, ['targetVersion'], () => {
    const [target, source] = [databaseVersion(text(section['targetVersion'])), databaseVersion(text(database['version']))];
    const set = setting(['spec', 'version'], section['targetVersion'], [...from, 'targetVersion']);
    return target !== undefined && source !== undefined && target.major !== source.major
      ? { ...set, answers: [{ path: [...from, 'targetVersion'], answer: unsupported(`from PostgreSQL ${source.major} to ${target.major}: a new major version takes a dump and a restore (docs/kubedb.md)`) }] } : set;
  }),
  volumeExpansion: (section, _, from) => only(section, from, ['postgres', 'mode'], () => {
    const set = setting(['spec', 'storage', 'resources', 'requests', 'storage'], section['postgres'], [...from, 'postgres']);
    const note = changed('the size of the claim template: Kubernetes does not apply it to a claim that exists; enlarge the claim as docs/operations.md describes');
    return { ...set, answers: [...set.answers, { path: from, answer: note }] };
  }),
  verticalScaling: (section, database, from) => only(section, from, ['postgres', 'exporter', 'coordinator', 'arbiter', 'readReplicas', 'mode'], () => merge(
    container('postgres', section, database, from), container('exporter', section, database, from),
    ...['coordinator', 'arbiter', 'readReplicas'].filter((name) => isGiven(section[name])).map((name) => noted([...from, name], changed('left out: of standbys'))),
  )),
  configuration: (section, database, from) => only(section, from, ['configSecret', 'secretName', 'applyConfig', 'removeCustomConfig', 'restart', 'tuning'], () => {
    const { configSecret, secretName, applyConfig, removeCustomConfig, restart, tuning } = section;
    const at = (...path: string[]) => ['spec', ...path];
    return merge(
      ...(removeCustomConfig === true ? [noted([...from, 'removeCustomConfig'], same('no parameters of yours')), { changes: [at('configuration'), at('configSecret')].map((path) => ({ path, value: undefined, from })), answers: [] }] : []),
      ...(isGiven(configSecret) ? [setting(at('configuration', 'secretName'), mapping(configSecret)['name'], [...from, 'configSecret'])] : []),
      ...(isGiven(secretName) ? [setting(at('configuration', 'secretName'), secretName, [...from, 'secretName'])] : []),
      ...(isGiven(applyConfig) ? [setting(at('configuration', 'inline'), { ...mapping(mapping(database['configuration'])['inline']), ...mapping(applyConfig) }, [...from, 'applyConfig'])] : []),
      ...(isGiven(tuning) ? [setting(at('configuration', 'tuning'), tuning, [...from, 'tuning'])] : []),
      ...(isGiven(restart) ? [noted([...from, 'restart'], changed('without effect: a parameter that needs a restart replaces the pod, every other one is reloaded'))] : []),
    );
  }),
  horizontalScaling: (section, _, from) => only(section, from, ['replicas', 'standbyMode', 'streamingMode', 'readReplicas', 'topology', 'mode'], () => merge(
    ...['replicas', 'standbyMode', 'streamingMode'].filter((name) => isGiven(section[name])).map((name) => setting(['spec', name], section[name], [...from, name])),
  )),
  restart: (_, __, from) => noted(from.slice(0, 1), changed('a restart is not a state: kubectl rollout restart statefulset')),
};

function reconfigureTls(section: Mapping, database: Mapping, from: FieldPath): ReadRequest {
  return only(section, from, ['issuerRef', 'certificates', 'rotateCertificates', 'rotateGrpcCertificates', 'remove', 'sslMode', 'clientAuthMode'], () => {
    const at = (name: string) => [...from, name];
    const fault = [['remove', FLAG], ['rotateCertificates', FLAG], ['certificates', { name: 'a list', accepts: Array.isArray }], ['issuerRef', MAPPING]] as const;
    for (const [name, is] of fault) {
      if (isGiven(section[name]) && !is.accepts(section[name])) { return noted(at(name), refused(`is ${text(section[name]) || 'of another type'}`, `write ${is.name}`)); }
    }
    if (section['remove'] === true) {
      const mode = text(section['clientAuthMode']) || text(database['clientAuthMode']);
      if (mode === 'cert') { return noted(at('remove'), refused('with clientAuthMode cert', 'set clientAuthMode to scram, as KubeDB requires')); }
      return merge({ changes: [['spec', 'tls'], ['spec', 'sslMode']].map((path) => ({ path, value: undefined, from: at('remove') })), answers: [] }, noted(at('remove'), same('no property tls: the server has no TLS')),
        ...(isGiven(section['clientAuthMode']) ? [setting(['spec', 'clientAuthMode'], section['clientAuthMode'], at('clientAuthMode'))] : []));
    }
    const tls = mapping(database['tls']);
    const certificates = mappings(section['certificates']).map((certificate, index) => ({ certificate, index }));
    const merged = [...mappings(tls['certificates'])];
    const changes: Change[] = [];
    for (const { certificate, index } of certificates) {
      const known = merged.findIndex(({ alias }) => alias === certificate['alias']);
      const place = known === -1 ? merged.length : known;
      merged[place] = { ...merged[place], ...certificate };
      changes.push({ path: ['spec', 'tls', 'certificates', place], value: merged[place], from: [...at('certificates'), index] });
    }
    return merge(
      { changes: certificates.length === 0 ? [] : [{ path: ['spec', 'tls', 'certificates'], value: merged, from: at('certificates') }, ...changes], answers: [] },
      ...['issuerRef', 'sslMode', 'clientAuthMode'].filter((name) => isGiven(section[name]))
        .map((name) => setting(name === 'issuerRef' ? ['spec', 'tls', name] : ['spec', name], section[name], at(name))),
      ...(isGiven(section['issuerRef']) && isGiven(tls['issuerRef']) ? [noted(at('issuerRef'), changed('another CA: clients that trust the former one alone lose their connection; change it in the steps of docs/ca-rotation.md'))] : []),
      ...(section['rotateCertificates'] === true ? [noted(at('rotateCertificates'), changed('a renewal is not a state: cmctl renew, and the server loads the certificate without a restart'))] : []),
      ...(section['rotateGrpcCertificates'] === true ? [noted(at('rotateGrpcCertificates'), changed('without effect: there is no coordinator'))] : []),
    );
  });
}

/** Resources of a container, in the form of kubedb.com/v1. */
function container(name: string, section: Mapping, database: Mapping, from: FieldPath): ReadRequest {
  const scaling = mapping(section[name]);
  if (!isGiven(section[name])) { return merge(); }
  const given = Object.keys(scaling).find((field) => field !== 'resources');
  if (given !== undefined) { return noted([...from, name, given], unsupported('where pods run: set nodeSelector and tolerations in property podTemplate')); }
  const source = [...from, name, 'resources'];
  if (name === 'exporter') { return setting(['spec', 'monitor', 'prometheus', 'exporter', 'resources'], scaling['resources'], source); }
  const pod = mapping(mapping(database['podTemplate'])['spec']);
  if (isGiven(pod['resources'])) { return setting(['spec', 'podTemplate', 'spec', 'resources'], scaling['resources'], source); }
  const containers = mappings(pod['containers']);
  const known = containers.findIndex((other) => other['name'] === name);
  const place = known === -1 ? containers.length : known;
  const path = ['spec', 'podTemplate', 'spec', 'containers'];
  const scaled = Object.assign([...containers], { [place]: { ...containers[place], name, resources: scaling['resources'] } }) as Mapping[];
  return merge({ changes: [{ path, value: scaled, from: [...from, name] }], answers: [] }, { changes: [{ path: [...path, place, 'resources'], value: scaling['resources'], from: source }], answers: [] });
}

/** A section with known fields. */
function only(section: Mapping, from: FieldPath, known: ReadonlyArray<string>, read: () => ReadRequest): ReadRequest {
  const other = Object.keys(section).filter((field) => !known.includes(field));
  return other.length === 0 ? read() : { changes: [], answers: other.map((field) => ({ path: [...from, field], answer: refused('is not a field of this request', `use ${known.join(', ')}`) })) };
}

function setting(path: ReadonlyArray<string>, value: unknown, from: FieldPath): ReadRequest {
  return isGiven(value) ? { changes: [{ path, value, from }], answers: [] } : noted(from, refused('is missing', 'set it'));
}

function noted(path: FieldPath, answer: Taken | ReturnType<typeof refused>): ReadRequest {
  return { changes: [], answers: [{ path, answer }] };
}

function merge(...parts: ReadonlyArray<ReadRequest>): ReadRequest {
  return { changes: parts.flatMap(({ changes }) => changes), answers: parts.flatMap(({ answers }) => answers) };
}

/** A copy of a value with a change. */
export function withChange(value: unknown, [name, ...rest]: FieldPath, change: unknown): unknown {
  if (name === undefined) { return change; }
  if (typeof name === 'number') {
    const items = Array.isArray(value) ? [...value as unknown[]] : [];
    items[name] = withChange(items[name], rest, change);
    return items;
  }
  return { ...mapping(value), [name]: withChange(mapping(value)[name], rest, change) };
}

