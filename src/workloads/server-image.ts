import { baseName } from '../formats';
import type { ContainerView } from '../kubernetes';

/**
 * How an image starts PostgreSQL and reads its settings: `official` for the official image and images that are built from it, `unknown` for
 * an image whose start and files are not known. PgBouncer is a server for its clients.
 */
export type ServerLayout = 'official' | 'bitnami' | 'sclorg' | 'spilo' | 'pgbouncer' | 'unknown';

/** Images whose entrypoint is that of the official image, without images that have a supervisor. */
const SERVER_IMAGES = new Set([
  'postgres', 'postgresql', 'postgis', 'pgvector', 'timescaledb', 'timescaledb-ha', 'citus', 'paradedb', 'pgrouting', 'pgroonga', 'pgvecto-rs', 'vchord-postgres',
]);

/** Builders whose images have an entrypoint of their own. */
const OTHER_ENTRYPOINT = /(^|\/)(kartoza|sameersbn)\//;

/** `docker.io/library/postgres:18@sha256:…` → `postgres`. */
export function imageName(image: string): string {
  return baseName(image.replace(/@.*$/, '')).replace(/:.*$/, '');
}

export function isServerImage(image: string): boolean {
  return SERVER_IMAGES.has(imageName(image));
}

/** The layout of the image of a container; undefined where the image is not known to run PostgreSQL. */
export function imageLayout({ image, mounts }: ContainerView): ServerLayout | undefined {
  const name = imageName(image);
  const mountsBelow = (...folders: string[]) => mounts.some(({ folder }) => folders.some((parent) => folder.startsWith(parent)));
  if (/^spilo(-|$)/.test(name)) { return 'spilo'; }
  if (/^postgresql(-repmgr)?$/.test(name) && (/(^|\/)bitnami\w*\//.test(image) || mountsBelow('/bitnami/', '/opt/bitnami/'))) { return 'bitnami'; }
  if (mountsBelow('/opt/app-root/src/postgresql-')) { return 'sclorg'; }
  if (isSclorg(image, name) || (/^postgresql(-\d+)?(-\w+)?$/.test(name) && mountsBelow('/var/lib/pgsql/'))) { return 'sclorg'; }
  if (!SERVER_IMAGES.has(name)) { return undefined; }
  return OTHER_ENTRYPOINT.test(image) ? 'unknown' : 'official';
}

/** The images of sclorg, of Red Hat and Fedora, and the image streams of OpenShift: sclorg/postgresql-container builds all of them. */
function isSclorg(image: string, name: string): boolean {
  return (/^postgresql-\d+$/.test(name) && /(^|\/)(sclorg|fedora|centos\d*|rhel\d+|rhscl|ubi\d*)\//.test(image))
    || /^postgresql-\d+-(rhel\d+|centos\d+|el\d+|c\d+s)$/.test(name)
    || /(^|\/)openshift\/postgresql[:@]/.test(`${image}:`);
}

/** Variables that create a database or name its files; a client has no use for most of them. */
const OF_SERVER = /^(PGDATA|POSTGRES_(DB|PASSWORD|PASSWORD_FILE|INITDB_ARGS|INITDB_WALDIR|HOST_AUTH_METHOD)|POSTGRESQL_(DATABASE|PASSWORD|ADMIN_PASSWORD))$/;
/** Variables of a client or a pooler, which connect to another server. */
const OF_CLIENT = /^(PGHOST|PGHOSTADDR|PGSERVICE|(POSTGRES|POSTGRESQL|DB|DATABASE|PG)_(HOSTS?|HOSTNAME|SERVER|URL|URI|ADDRESS|ADDR)|DATA_SOURCE_(NAME|URI))$/;
/** Variables and images of programs that manage PostgreSQL or stand in front of it. */
const OF_MANAGER = /^(PATRONI|SPILO|STOLON|STKEEPER|REPMGR|PGPOOL|PGBOUNCER|PGADMIN)_|^SPILO_CONFIGURATION$/;
const OTHER_PROGRAM = /patroni|spilo|stolon|repmgr|pgpool|bouncer|pgcat|odyssey|supavisor|haproxy|envoy|proxy|pooler|exporter|admin|backup|operator|client|cockroach|yugabyte/;

/**
 * Whether an image of its own runs PostgreSQL by what the container shows: variables of a server, the port of PostgreSQL, and no sign of a
 * client, a pooler or a manager.
 */
export function looksLikeServer({ image, ports }: ContainerView, variables: Iterable<string>): boolean {
  const names = [...variables];
  return ports.some(({ containerPort }) => Number(containerPort) === 5432)
    && names.some((name) => OF_SERVER.test(name))
    && !names.some((name) => OF_CLIENT.test(name) || OF_MANAGER.test(name))
    && !OTHER_PROGRAM.test(imageName(image));
}
