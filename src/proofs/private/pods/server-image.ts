import { imageName } from './server-program';

/** What the names of images that run a PostgreSQL server are made of, and of those that only work with one. */
const DATABASE = /(^|[-_])(postgres|postgresql|postgis|pgvector|timescaledb|spilo|patroni)([-_\d]|$)/;
const COMPANION = /exporter|bouncer|pgpool|admin|backup|operator|client/;

/** Images whose tag begins with the version of PostgreSQL; those of extensions begin with their own. */
const TAGGED_BY_POSTGRES = /(^|[-_])(postgres|postgresql|postgis)([-_]|$)/;

/** Whether an image runs a PostgreSQL server, by its name. */
export function isDatabaseImage(image: string): boolean {
  const name = imageName(image);
  return DATABASE.test(name) && !COMPANION.test(name);
}

/**
 * The major version in an image's name or tag: `postgres:17.2`, `pgvector:pg17`, `timescaledb:2.17-pg17`, `spilo-17:4.0`. Up to 9.6 a
 * major has two numbers. Undefined where they name none.
 */
export function imageMajor(image: string): string | undefined {
  const [, tag = ''] = image.replace(/@.*$/, '').match(/:([^/:]+)$/) ?? [];
  const name = imageName(image);
  const byTag = TAGGED_BY_POSTGRES.test(name) ? tag.match(/^v?(9\.\d+|\d+)/)?.[1] : undefined;
  const major = tag.match(/(?:^|[-_.])pg-?(\d+)/)?.[1] ?? byTag ?? name.match(/[-_](\d+)$/)?.[1];
  return major !== undefined && Number(major) >= 8 && Number(major) < 40 ? major : undefined;
}
