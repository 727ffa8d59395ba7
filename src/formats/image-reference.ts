/** The parts of an image reference. */
export interface ImageReference {
  /** Registry and repository. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** The parts of an image reference, or undefined if the text is not one. Source: distribution/reference, the grammar. */
export function parseImage(image: string): ImageReference | undefined {
  const match = image.match(/^((?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::(\w[\w.-]{0,127}))?(?:@([a-z0-9]+:[0-9a-f]{32,}))?$/);
  return match ? { name: match[1]!, tag: match[2], digest: match[3] } : undefined;
}

/** Why a reference does not pin a version, or undefined if it does. */
export function unpinned(image: string): string | undefined {
  const reference = parseImage(image);
  if (!reference) { return 'is not an image reference'; }
  if (reference.digest !== undefined) { return undefined; }
  if (reference.tag === undefined) { return 'has neither a tag nor a digest'; }
  return /\d/.test(reference.tag) && !/^latest$/i.test(reference.tag) ? undefined : `has the tag '${reference.tag}', which is not a version`;
}

/** Repositories that have the major in their name: `postgresql-16`, `postgresql-16-c9s`, `spilo-17`. */
const MAJOR_IN_NAME = /(?:^|[-_])(?:postgres|postgresql|pg|ppg|spilo|patroni)[-_]?(\d+)(?:[-_]|$)/;

/** Repositories whose tag begins with the version of PostgreSQL, after that of a base image; those of extensions begin with their own. */
const TAGGED_BY_POSTGRES = /(?:^|[-_])(?:postgres|postgresql|postgis)(?:[-_]|$)/;
const VERSION = /^(?:(?:ubi|centos|rhel|rocky|el)\d+-)?v?(9\.\d+|\d+)/i;

/**
 * The major of PostgreSQL that an image names, in its name or tag: `postgres:17.2`, `pgvector:0.8.0-pg17`, `postgresql-16:1-25`,
 * `spilo-17:4.0`. Up to 9.6 a major has two numbers. Undefined where it names none: the number of a company's own release is not a
 * major, nor that of an extension (`citus:13.0`).
 */
export function imageMajor(image: string): string | undefined {
  const [, path = '', tag = ''] = image.replace(/@.*$/, '').match(/^(.*?)(?::([^/:]*))?$/) ?? [];
  const name = path.replace(/^.*\//, '');
  const major = tag.match(/(?:^|[-_.])p?pg-?(\d+)/i)?.[1] ?? name.match(MAJOR_IN_NAME)?.[1] ?? (TAGGED_BY_POSTGRES.test(name) ? tag.match(VERSION)?.[1] : undefined);
  return major !== undefined && Number(major) >= 8 && Number(major) < 40 ? major : undefined;
}
