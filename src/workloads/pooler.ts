import { contentOf, fileAt, type PodFile } from './pod-files';
import type { ServerFiles, ContainerPlace, WrittenSetting } from './server-files';
import { imageName } from './server-image';
import { memoizeByText } from '../data';
import { baseName } from '../formats';
import { type ContainerView, shownData, variableField } from '../kubernetes';
import { connectionSettings, type PgBouncerDatabase, pgBouncerDatabase, parsePgBouncer, readConnection } from '../postgresql';

/** A PgBouncer whose configuration is visible. */
export interface Pooler {
  /** Where its databases lead. */
  readonly databases: ReadonlyArray<PoolerDatabase>;
  /** Its settings, by their names in pgbouncer.ini. */
  readonly settings: ReadonlyMap<string, string>;
  /** The place in the workload of a setting, or of the databases. */
  readonly fieldOf: (setting: string) => string;
  /** The file that has them; undefined where variables have them. */
  readonly file?: PodFile;
  readonly variableOf: (setting: string) => string;
}

/** A database, and the variable that has it, if one does. */
export interface PoolerDatabase extends PgBouncerDatabase {
  readonly variable?: string;
}

const iniFile = memoizeByText(parsePgBouncer);

/** Whether a container runs PgBouncer, by its image or its command. */
export function isPgBouncer({ image, command, args, isInit }: ContainerView): boolean {
  if (isInit) { return false; }
  const isNamed = (word: string) => word.endsWith('pgbouncer') && baseName(word) === 'pgbouncer';
  return (image.includes('pgbouncer') && /^pgbouncer(-\d.*)?$/.test(imageName(image))) || command.some(isNamed) || args.some(isNamed);
}

/** The configuration of a PgBouncer: its file, or the variables from which the images of Bitnami and edoburu write one. */
export function poolerOf(place: ContainerPlace): Pooler | undefined {
  if (!isPgBouncer(place.container)) { return undefined; }
  const file = iniOf(place);
  const content = file && contentOf(place, file);
  if (content !== undefined) { return { ...iniFile(content), file: file!, fieldOf: () => file!.source.field, variableOf: () => '' }; }
  // A file that is not visible counts more than variables.
  return file === undefined ? ofVariables(place) : undefined;
}

/** PgBouncer as the server of its clients, in the words of PostgreSQL. Source: PgBouncer 1.24, doc/config.md. */
export function poolerFiles(place: ContainerPlace): ServerFiles {
  const { settings = new Map<string, string>(), file, variableOf = () => '' } = poolerOf(place) ?? {};
  const value = (name: string) => ((settings.get(name) ?? '').includes('$') ? undefined : settings.get(name));
  const entries = ([
    ['ssl', 'client_tls_sslmode', (value('client_tls_sslmode') ?? 'disable') === 'disable' ? 'off' : 'on'], ['port', 'listen_port', value('listen_port') ?? '6432'],
    ['ssl_cert_file', 'client_tls_cert_file', value('client_tls_cert_file')], ['ssl_key_file', 'client_tls_key_file', value('client_tls_key_file')],
    ['ssl_ca_file', 'client_tls_ca_file', value('client_tls_ca_file')],
  ] as const).flatMap(([setting, name, given]) => (given === undefined || given === '' ? [] : [{ setting, name, given }]));
  return {
    dataDirectory: '', configDirectory: '',
    confs: file === undefined ? [] : [{ settings: new Map(entries.map(({ setting, given }) => [setting, given])), isComplete: true, source: file }],
    written: new Map(file === undefined ? entries.map(({ setting, name, given }): [string, WrittenSetting] => [setting, { value: given, variable: variableOf(name) }]) : []),
  };
}

/** The file that its command names, or one of the name pgbouncer.ini. */
function iniOf(place: ContainerPlace): PodFile | undefined {
  const { pod, manifests, container } = place;
  const named = [...container.args, ...container.command].find((word) => word.endsWith('.ini'));
  if (named !== undefined) { return fileAt(place, container, named); }
  const found = container.mounts.flatMap(({ volume, mountPath, subPath, folder }) => {
    if (subPath !== '') { return baseName(mountPath) === 'pgbouncer.ini' ? [mountPath] : []; }
    const shows = pod.sources.some((source) => source.volume === volume
      && (source.items?.some(({ path }) => path === 'pgbouncer.ini') ?? 'pgbouncer.ini' in shownData(manifests, pod.at, source.kind, source.name)));
    return shows ? [`${folder}pgbouncer.ini`] : [];
  });
  return found[0] === undefined ? undefined : fileAt(place, container, found[0]);
}

const TLS = ['sslmode', 'ca_file', 'cert_file', 'key_file'].flatMap((name) => [`client_tls_${name}`, `server_tls_${name}`]);

function ofVariables({ container, variables }: ContainerPlace): Pooler | undefined {
  const isBitnami = /(^|\/)bitnami\w*\//.test(container.image) || [...variables.keys()].some((name) => name.startsWith('PGBOUNCER_'));
  const prefix = isBitnami ? 'PGBOUNCER_' : '';
  const port = isBitnami ? 'PGBOUNCER_PORT' : 'LISTEN_PORT';
  const variableOf = (setting: string) => (setting === 'listen_port' ? port : setting === 'host' ? isBitnami ? 'POSTGRESQL_HOST' : variables.has('DB_HOST') ? 'DB_HOST' : 'DATABASE_URL' : `${prefix}${setting.toUpperCase()}`);
  const databases = isBitnami ? bitnamiDatabases(variables) : edoburuDatabases(variables);
  if (databases.length === 0) { return undefined; }
  const tls = TLS.flatMap((setting) => (variables.has(variableOf(setting)) ? [[setting, variables.get(variableOf(setting))!] as const] : []));
  return {
    databases,
    settings: new Map([['listen_port', variables.get(port) ?? (isBitnami ? '6432' : '5432')], ...(isBitnami ? [['server_tls_sslmode', 'disable'] as const] : []), ...tls]),
    fieldOf: (setting) => variableField(container, variableOf(setting)),
    variableOf,
  };
}

/** Source: bitnami/containers, pgbouncer 1.24, libpgbouncer.sh and pgbouncer-env.sh. */
function bitnamiDatabases(variables: ReadonlyMap<string, string>): PoolerDatabase[] {
  const name = variables.get('PGBOUNCER_DATABASE') ?? 'postgres';
  const user = /^(1|yes|true)$/i.test(variables.get('PGBOUNCER_SET_DATABASE_USER') ?? '') ? variables.get('POSTGRESQL_USERNAME') ?? 'postgres' : '';
  const settings = connectionSettings([
    ['host', variables.get('POSTGRESQL_HOST') ?? ''], ['port', variables.get('POSTGRESQL_PORT') ?? ''], ['user', user],
    ['dbname', name === '*' ? '' : variables.get('POSTGRESQL_DATABASE') ?? name],
  ]);
  const further: PoolerDatabase[] = [];
  for (let index = 0; variables.has(`PGBOUNCER_DSN_${index}`); index += 1) {
    const [database = '', ...rest] = variables.get(`PGBOUNCER_DSN_${index}`)!.split('=');
    further.push({ ...pgBouncerDatabase(database.trim(), rest.join('=')), variable: `PGBOUNCER_DSN_${index}` });
  }
  return [...(settings.host === undefined ? [] : [{ name, settings }]), ...further];
}

/** Source: edoburu/docker-pgbouncer 1.24, entrypoint.sh: the user of the URL is for the list of users only. */
function edoburuDatabases(variables: ReadonlyMap<string, string>): PgBouncerDatabase[] {
  const { host, port, dbname } = readConnection(variables.get('DATABASE_URL') ?? '')?.settings ?? {};
  const name = dbname ?? variables.get('DB_NAME') ?? '*';
  const settings = connectionSettings([
    ['host', host ?? variables.get('DB_HOST') ?? ''], ['port', port ?? variables.get('DB_PORT') ?? ''], ['dbname', name === '*' ? '' : name],
  ]);
  return settings.host === undefined ? [] : [{ name, settings }];
}
