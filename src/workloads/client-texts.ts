import { clientFiles } from './client-files';
import { contentOf, fileAt } from './pod-files';
import { isPgBouncer, poolerOf } from './pooler';
import type { ContainerPlace } from './server-files';
import { imageName, isServerImage } from './server-image';
import { memoizeByObject } from '../data';
import { isShell, shellCommands, shellInput } from '../formats';
import { argumentField, type ContainerView, expandVariables, variableField } from '../kubernetes';
import {
  type Connection, type ConnectionSettings, connectionSettings, type Driver, ENVIRONMENT,
  isLibpqProgram, LIB_PQ, LIBPQ, libpqConnection, parseProgramOptions, PGBOUNCER, readConnection, UNKNOWN_DRIVER,
} from '../postgresql';

/** A text with connection settings. */
export interface ConnectionText {
  /** As messages name it. */
  readonly where: string;
  /** The place of a value of the text in the workload; of the text itself where no value is given. */
  readonly field: (value: string | undefined, setting?: keyof ConnectionSettings) => string;
  readonly connection: Connection;
  /** The service whose settings it adds to. */
  readonly service?: string;
}

/** Exporters connect with lib/pq. */
const LIB_PQ_IMAGES = new Set(['postgres-exporter', 'postgres_exporter']);

/** Every connection text of a container: its variables, its arguments, and its files unless it is a server, which reads others. */
export function connectionTexts(place: ContainerPlace, isServer: boolean): ConnectionText[] {
  if (isPgBouncer(place.container)) { return ofPooler(place); }
  return [...inVariables(place), ...inCommands(place), ...(isServer ? [] : inFiles(place))];
}

/** The driver of a container where its texts do not show it. */
export function containerDriver({ container, variables }: ContainerPlace): Driver {
  if (LIB_PQ_IMAGES.has(imageName(container.image))) { return LIB_PQ; }
  return isServerImage(container.image) || commandsOf(container, variables).some(([word = '']) => isLibpqProgram(word)) ? LIBPQ : UNKNOWN_DRIVER;
}

function inVariables(place: ContainerPlace): ConnectionText[] {
  const { container, variables } = place;
  return [...variables].flatMap(([name, value]) => {
    // Most values are none of it.
    if (name in ENVIRONMENT || !(value.includes('=') || value.includes('://') || name.startsWith('DATA_SOURCE_'))) { return []; }
    const field = () => variableField(container, name);
    return sourcesIn(place, name, value).flatMap((source) => {
      const connection = readConnection(source);
      return connection === undefined ? [] : [textOf(name, field, withLogin(connection, name, [variables]))];
    });
  });
}

/** postgres_exporter has several connections in one variable, or the login in variables and files of their own. Source: postgres_exporter 0.17, datasource.go. */
function sourcesIn(place: ContainerPlace, name: string, value: string): string[] {
  const read = (variable: string) => {
    const file = place.variables.get(`${variable}_FILE`);
    const found = file === undefined ? undefined : fileAt(place, place.container, file);
    return file === undefined ? place.variables.get(variable) ?? '' : (found && contentOf(place, found)?.trim()) ?? '';
  };
  switch (name) {
    case 'DATA_SOURCE_NAME': return value.split(/,(?=\w+:\/\/)/);
    case 'DATA_SOURCE_URI':
    case 'DATA_SOURCE_URI_FILE': {
      if (place.variables.has('DATA_SOURCE_NAME')) { return []; }
      const uri = read('DATA_SOURCE_URI');
      return uri === '' ? [] : [`postgresql://${encodeURIComponent(read('DATA_SOURCE_USER'))}@${uri}`];
    }
    default: return [value];
  }
}

function inCommands({ container, variables }: ContainerPlace): ConnectionText[] {
  return commandsOf(container, variables).flatMap((words) => {
    const field = (value?: string) => argumentField(container, (word) => value !== undefined && word.includes(value));
    const isLibpq = isLibpqProgram(words[0] ?? '');
    const service = isLibpq ? words.map((word) => /(?:^|\s|[?&])service=([\w.-]+)/.exec(word)?.[1]).find((found) => found !== undefined) : undefined;
    const settings = isLibpq ? parseProgramOptions(words.slice(1)) : undefined;
    const connection = isLibpq ? (settings ?? service) === undefined ? undefined : libpqConnection(settings ?? {}) : merged(words);
    return connection === undefined ? [] : [{ ...textOf('its arguments', field, connection), ...(service === undefined ? {} : { service }) }];
  });
}

/** The connections in the words of a command of any program, as one; an option may stand before each. */
function merged(words: ReadonlyArray<string>): Connection | undefined {
  const found = words.flatMap((word) => (word.includes('=') || word.includes('://') ? readConnection(word.replace(/^--?[\w.-]+=/, '')) ?? [] : []));
  return found.length === 0 ? undefined : { ...found[0]!, settings: Object.assign({}, ...found.map(({ settings }) => settings)) as Connection['settings'] };
}

function inFiles(place: ContainerPlace): ConnectionText[] {
  return clientFiles(place, place.container).flatMap(({ source, key, documents }) => documents.flatMap((values) =>
    [...values].flatMap(([name, value]) => {
      const connection = isOverridden(name || key, place.variables) ? undefined : readConnection(filledIn(value, place.variables));
      const where = `${name === '' ? '' : `${name} in `}${key} of ${source.kind} '${source.name}'`;
      return connection === undefined ? [] : [textOf(where, () => source.field, withLogin(connection, name, [values, place.variables]))];
    })));
}

/** PgBouncer is a client of the server behind each of its databases. */
function ofPooler(place: ContainerPlace): ConnectionText[] {
  const pooler = poolerOf(place);
  if (pooler === undefined) { return []; }
  const tls = connectionSettings(Object.entries(POOLER_SETTINGS).map(([setting, name]) => [setting, pooler.settings.get(name) ?? ''] as const));
  const file = pooler.file === undefined ? 'its environment' : pooler.file.key;
  return pooler.databases.map(({ name, settings, variable }) => ({
    where: `database '${name}' in ${file}`,
    field: (_: string | undefined, setting: keyof ConnectionSettings = 'host') =>
      (variable === undefined || setting in POOLER_SETTINGS ? pooler.fieldOf(POOLER_SETTINGS[setting] ?? 'host') : variableField(place.container, variable)),
    connection: { driver: PGBOUNCER, settings: { ...tls, ...settings }, options: new Map() },
  }));
}

const POOLER_SETTINGS: Readonly<Partial<Record<keyof ConnectionSettings, string>>> = {
  sslmode: 'server_tls_sslmode', sslrootcert: 'server_tls_ca_file', sslcert: 'server_tls_cert_file', sslkey: 'server_tls_key_file',
};

function textOf(where: string, field: ConnectionText['field'], connection: Connection): ConnectionText {
  const service = connection.options.get('service');
  return { where, field, connection, ...(service === undefined ? {} : { service }) };
}

/** Spring, .NET and .env files give way to a variable of the same name: `spring.datasource.url` to SPRING_DATASOURCE_URL, `ConnectionStrings.Main` to ConnectionStrings__Main. */
function isOverridden(name: string, variables: ReadonlyMap<string, string>): boolean {
  return [name, name.replaceAll('-', '').replaceAll('.', '_').toUpperCase(), name.replaceAll('.', '__')].some((variable) => variables.has(variable));
}

/** A value of a file with its placeholders of Spring and of shells, where their values are known: `${NAME}`, `${NAME:default}`, `${NAME:-default}`. */
function filledIn(value: string, variables: ReadonlyMap<string, string>): string {
  return value.includes('${') ? value.replace(/\$\{([\w.-]+)(?::-?([^{}]*))?\}/g, (whole, name: string, otherwise?: string) => variables.get(name) ?? otherwise ?? whole) : value;
}

/** JDBC and R2DBC have the user beside the URL: `spring.datasource.username`, QUARKUS_DATASOURCE_USERNAME, KC_DB_USERNAME. */
function withLogin(connection: Connection, name: string, beside: ReadonlyArray<ReadonlyMap<string, string>>): Connection {
  const stem = plain(name).replace(/(jdbc)?(jdbcurl|url)$/, '');
  if (!/JDBC|r2dbc/.test(connection.driver.name) || connection.settings.user !== undefined || stem === '' || stem === plain(name)) { return connection; }
  for (const values of beside) {
    const named = byPlainName(values);
    const user = named.get(`${stem}username`) ?? named.get(`${stem}user`) ?? '';
    if (user !== '' && !/[${]/.test(user)) { return { ...connection, settings: { ...connection.settings, user } }; }
  }
  return connection;
}

const byPlainName = memoizeByObject((values: ReadonlyMap<string, string>): ReadonlyMap<string, string> => new Map([...values].map(([name, value]) => [plain(name), value])));

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The commands of a container, as lists of words: its own command, or the commands of its shell script. */
function commandsOf({ command, args }: ContainerView, variables: ReadonlyMap<string, string>): ReadonlyArray<ReadonlyArray<string>> {
  const argv = [...command, ...args].map((word) => expandVariables(word, variables));
  const text = isShell(argv[0] ?? '') ? shellInput(argv).text : undefined;
  return text === undefined ? [argv] : shellCommands(text).map(({ words }) => words.slice(Math.max(0, words.findIndex((word) => word !== 'exec' && !/^\w+=/.test(word)))));
}
