import { contentOf, fileAt, type PodPlace } from './pod-files';
import { baseName } from '../formats';
import { type ContainerView, type FileSource, shownData } from '../kubernetes';
import { type ConnectionSettings, connectionSettings, ENVIRONMENT, parseService } from '../postgresql';

/** What libpq reads beside the options of a connection: a service, below it its default files; variables above both. */
export function clientDefaults(place: PodPlace, container: ContainerView, variables: ReadonlyMap<string, string>): ConnectionSettings {
  return { ...serviceSettings(place, container, variables, variables.get('PGSERVICE')), ...environmentSettings(variables) };
}

const VARIABLES = Object.keys(ENVIRONMENT);

/** The settings in libpq's variables. */
export function environmentSettings(variables: ReadonlyMap<string, string>): ConnectionSettings {
  return connectionSettings(VARIABLES.filter((name) => variables.has(name)).map((name) => [ENVIRONMENT[name]!, variables.get(name)!] as const));
}

/**
 * The settings in libpq's variables with a prefix, by the prefix: of an application with several connections, which reads them by itself (`ORDERS_PGHOST`).
 */
export function prefixedSettings(variables: ReadonlyMap<string, string>): ReadonlyMap<string, ConnectionSettings> {
  const prefixes = [...variables.keys()].flatMap((name) => /^(\w+_)PGHOST$/.exec(name)?.[1] ?? []).filter((prefix) => variables.has(`${prefix}PGUSER`));
  return new Map(prefixes.map((prefix) => [
    prefix, environmentSettings(new Map([...variables].flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [])))),
  ]));
}

/** The section of the service file of a container, where it is visible: the file that PGSERVICEFILE names, or the one in a default place. */
export function serviceSettings(place: PodPlace, container: ContainerView, variables: ReadonlyMap<string, string>, service: string | undefined): ConnectionSettings {
  if (service === undefined || service === '') { return {}; }
  const path = variables.get('PGSERVICEFILE') ?? mountedAs(place, container, '.pg_service.conf') ?? mountedAs(place, container, 'pg_service.conf');
  const file = path === undefined ? undefined : fileAt(place, container, path);
  const content = file && contentOf(place, file);
  return content === undefined ? {} : parseService(content, service);
}

/** libpq's files in the home folder of the user, where they are mounted there. Source: PostgreSQL, libpq, Client SSL File Usage. */
export function defaultFiles(place: PodPlace, container: ContainerView): ConnectionSettings {
  const folder = container.mounts.map(({ mountPath }) => /^(.*\/\.postgresql)(\/|$)/.exec(mountPath)?.[1]).find((found) => found !== undefined);
  if (folder === undefined) { return {}; }
  return connectionSettings(([['sslcert', 'postgresql.crt'], ['sslkey', 'postgresql.key'], ['sslrootcert', 'root.crt']] as const)
    .filter(([, name]) => fileAt(place, container, `${folder}/${name}`) !== undefined).map(([setting, name]) => [setting, `${folder}/${name}`] as const));
}

/** The path at which a file of a name is mounted. The home folder and the system folder depend on the image; a file of that name is meant for them. */
function mountedAs({ pod, manifests }: PodPlace, { mounts }: ContainerView, name: string): string | undefined {
  const shows = ({ kind, name: object, items }: FileSource) => items?.some(({ path }) => path === name) ?? name in shownData(manifests, pod.at, kind, object);
  for (const { volume, mountPath, subPath, folder } of mounts) {
    if (subPath !== '' && baseName(mountPath) === name) { return mountPath; }
    if (subPath === '' && pod.sources.some((source) => source.volume === volume && shows(source))) { return `${folder}${name}`; }
  }
  return undefined;
}
