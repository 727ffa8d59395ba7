import { imageName } from './server-image';

/** Parts of the names of images that run a PostgreSQL server, and of images that only work with one. */
const DATABASE = /(^|[-_])(postgres|postgresql|postgis|pgvector|timescaledb|spilo|patroni)([-_\d]|$)/;
const COMPANION = /exporter|meta$|bouncer|pgpool|admin|backup|operator|client/;

/** Whether an image runs a PostgreSQL server, by its name. */
export function isDatabaseImage(image: string): boolean {
  const name = imageName(image);
  return DATABASE.test(name) && !COMPANION.test(name);
}
