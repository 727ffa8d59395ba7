import { posix } from 'node:path';
import { contentOf, fileAt, namesBelow } from './pod-files';
import { poolerFiles } from './pooler';
import type { ServerFiles, ContainerPlace, VisibleConf, WrittenSetting } from './server-files';
import { imageName } from './server-image';
import type { ServerProgram } from './server-program';
import { mapping, memoizeByText, text, texts } from '../data';
import { yamlLibrary } from '../formats';
import { parseConfFile } from '../postgresql';

const confFile = memoizeByText(parseConfFile);

/** The files and settings of a server, with the settings of its command line. */
export function serverFiles(place: ContainerPlace, program: ServerProgram, options: ReadonlyMap<string, string>): ServerFiles {
  const given = options.get('data_directory') ?? place.variables.get('PGDATA');
  switch (program.layout) {
    case 'bitnami': return bitnamiFiles(place, options);
    case 'sclorg': return sclorgFiles(place, options);
    case 'spilo': return spiloFiles(place);
    case 'pgbouncer': return poolerFiles(place);
    case 'unknown': return plainFiles(place, options, given ?? '', given ?? '');
    default: {
      const data = given ?? (imageName(place.container.image) === 'timescaledb-ha' ? '/home/postgres/pgdata/data' : '/var/lib/postgresql/data');
      return plainFiles(place, options, data, readsSupabaseConf(place, program) ? '/etc/postgresql' : data);
    }
  }
}

/** supabase/postgres runs `postgres -D /etc/postgresql` where no other command is given. Source: its Dockerfile. */
function readsSupabaseConf({ container: { image, command, args } }: ContainerPlace, { viaEntrypoint }: ServerProgram): boolean {
  return viaEntrypoint && command.length === 0 && args.length === 0 && /(^|\/)supabase\/postgres[:@]/.test(`${image}:`);
}

function plainFiles(place: ContainerPlace, options: ReadonlyMap<string, string>, dataDirectory: string, configDirectory: string): ServerFiles {
  const main = options.get('config_file') ?? posix.join(configDirectory, 'postgresql.conf');
  return { dataDirectory, configDirectory, confs: visible(place, [posix.join(main.startsWith('/') ? '/' : dataDirectory, main)]), written: new Map() };
}

/** Source: sclorg/postgresql-container, common.sh: PGDATA is always below HOME, and the last file of postgresql-cfg counts. */
function sclorgFiles(place: ContainerPlace, options: ReadonlyMap<string, string>): ServerFiles {
  const dataDirectory = options.get('data_directory') ?? '/var/lib/pgsql/data/userdata';
  const main = options.get('config_file');
  const confs = main === undefined ? dropIns(place, '/opt/app-root/src/postgresql-cfg') : [main];
  return { dataDirectory, configDirectory: dataDirectory, confs: visible(place, confs), written: new Map() };
}

const BITNAMI_FOLDERS = ['/bitnami/postgresql/conf', '/opt/bitnami/postgresql/conf'];
/** Source: bitnami/containers, libpostgresql.sh: postgresql_configure_tls and postgresql_initialize. */
const BITNAMI_SETTINGS: ReadonlyArray<readonly [string, string]> = [
  ['ssl_cert_file', 'TLS_CERT_FILE'], ['ssl_key_file', 'TLS_KEY_FILE'], ['ssl_ca_file', 'TLS_CA_FILE'], ['ssl_crl_file', 'TLS_CRL_FILE'],
];

/** A postgresql.conf of the user's own replaces what the variables for TLS would write; the files of conf.d count more than both. */
function bitnamiFiles(place: ContainerPlace, options: ReadonlyMap<string, string>): ServerFiles {
  const { variables, container } = place;
  const variable = (name: string) => [`POSTGRESQL_${name}`, `POSTGRES_${name}`].find((candidate) => (variables.get(candidate) ?? '') !== '');
  const value = (name: string) => variables.get(variable(name) ?? '');
  const folder = value('VOLUME_DIR') ?? '/bitnami/postgresql';
  const dataDirectory = options.get('data_directory') ?? value('DATA_DIR') ?? variables.get('PGDATA') ?? `${folder}/data`;
  const mains = BITNAMI_FOLDERS.map((parent) => `${parent}/postgresql.conf`);
  const written = new Map<string, WrittenSetting>();
  const write = (setting: string, name: string, given = value(name)) => {
    const source = variable(name);
    if (given !== undefined && source !== undefined) { written.set(setting, { value: given, variable: source }); }
  };
  write('port', 'PORT_NUMBER');
  const hasOwnConf = mains.some((main) => mayHold(place, main));
  const enabled = value('ENABLE_TLS');
  if (!hasOwnConf && enabled !== undefined) {
    const isOn = /^(yes|true|1)$/i.test(enabled);
    write('ssl', 'ENABLE_TLS', isOn ? 'on' : 'off');
    for (const [setting, name] of isOn ? BITNAMI_SETTINGS : []) { write(setting, name); }
  } else if (!hasOwnConf && showsAllVariables(place, /^POSTGRES(QL)?_ENABLE_TLS$/) && !container.mounts.some(({ folder: mounted }) => BITNAMI_FOLDERS.some((parent) => mounted.startsWith(`${parent}/`)))) {
    written.set('ssl', { value: 'off', variable: 'POSTGRESQL_ENABLE_TLS' });
  }
  // The start script names its own pg_hba.conf, and leaves a mounted one as it is.
  const hbaFile = BITNAMI_FOLDERS.map((parent) => `${parent}/pg_hba.conf`).find((path) => mayHold(place, path));
  return { dataDirectory, configDirectory: '', hbaFile, confs: visible(place, [...BITNAMI_FOLDERS.flatMap((parent) => dropIns(place, `${parent}/conf.d`)), ...mains]), written };
}

/** Source: zalando/spilo, configure_spilo.py: `ssl` is on, and SPILO_CONFIGURATION counts more than the other variables. */
const SPILO_SETTINGS: ReadonlyArray<readonly [string, string]> = [
  ['ssl_cert_file', 'SSL_CERTIFICATE_FILE'], ['ssl_key_file', 'SSL_PRIVATE_KEY_FILE'], ['ssl_ca_file', 'SSL_CA_FILE'], ['ssl_crl_file', 'SSL_CRL_FILE'], ['port', 'PGPORT'],
];

function spiloFiles({ variables }: ContainerPlace): ServerFiles {
  const written = new Map<string, WrittenSetting>([['ssl', { value: 'on', variable: 'SPILO_CONFIGURATION' }]]);
  for (const [setting, variable] of SPILO_SETTINGS) {
    const value = variables.get(variable) ?? '';
    if (value !== '') { written.set(setting, { value, variable }); }
  }
  const { parameters, pg_hba: rows } = spiloConfiguration(variables.get('SPILO_CONFIGURATION') ?? '');
  for (const [setting, value] of Object.entries(mapping(parameters))) {
    const given = typeof value === 'boolean' ? (value ? 'on' : 'off') : text(value);
    written.set(setting.toLowerCase(), { value: given, variable: 'SPILO_CONFIGURATION' });
  }
  const dataDirectory = variables.get('PGDATA') ?? `${variables.get('PGROOT') ?? '/home/postgres/pgdata/pgroot'}/data`;
  return { dataDirectory, configDirectory: '', confs: [], written, hba: Array.isArray(rows) ? texts(rows).join('\n') : undefined };
}

const spiloConfiguration = memoizeByText((configuration: string): Readonly<Record<string, unknown>> => {
  if (configuration.trim() === '') { return {}; }
  try {
    return mapping(mapping(yamlLibrary().parse(configuration, { logLevel: 'silent' }) as unknown)['postgresql']);
  } catch {
    // Spilo rejects the text itself; what it would mean is not known.
    return {};
  }
});

function visible(place: ContainerPlace, paths: ReadonlyArray<string>): VisibleConf[] {
  return paths.flatMap((path) => {
    const source = fileAt(place, place.container, path);
    const content = source && contentOf(place, source);
    return source === undefined || content === undefined ? [] : [{ ...confFile(content), source }];
  });
}

/** The files of a folder that end in `.conf`, the last first: it counts. */
function dropIns(place: ContainerPlace, folder: string): string[] {
  return namesBelow(place, place.container, folder).filter((name) => name.endsWith('.conf')).sort().reverse().map((name) => `${folder}/${name}`);
}

/** Whether a volume has a file at a path, or may have one. */
function mayHold(place: ContainerPlace, path: string): boolean {
  const file = fileAt(place, place.container, path);
  if (file === undefined) { return false; }
  const object = place.manifests.find('', file.source.kind, place.pod.at.namespace, file.source.name);
  return object === undefined || file.key in { ...mapping(object.manifest['data']), ...mapping(object.manifest['stringData']) };
}

/** Whether every variable of a container is visible, and none of them has a name. */
function showsAllVariables({ container: { spec }, variables }: ContainerPlace, name: RegExp): boolean {
  const declared = Array.isArray(spec['env']) ? spec['env'].map((entry: unknown) => text(mapping(entry)['name'])) : [];
  return spec['envFrom'] === undefined && ![...declared, ...variables.keys()].some((variable) => name.test(variable));
}
