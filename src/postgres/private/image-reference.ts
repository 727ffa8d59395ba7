/** The parts of an image reference. */
export interface ImageReference {
  /** Registry and repository. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** The parts of a reference, or undefined where a text is none. Source: distribution/reference, the grammar. */
export function parseImage(image: string): ImageReference | undefined {
  const match = image.match(/^((?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::(\w[\w.-]{0,127}))?(?:@([a-z0-9]+:[0-9a-f]{32,}))?$/);
  return match ? { name: match[1]!, tag: match[2], digest: match[3] } : undefined;
}

/** Why a reference does not say which version runs, or undefined where it does. */
export function unpinned(image: string): string | undefined {
  const reference = parseImage(image);
  if (!reference) { return 'is not an image reference'; }
  if (reference.digest !== undefined) { return undefined; }
  if (reference.tag === undefined) { return 'has neither a tag nor a digest'; }
  return /\d/.test(reference.tag) && !/^latest$/i.test(reference.tag) ? undefined : `has the tag '${reference.tag}', which is not a version`;
}

/**
 * The major of PostgreSQL that a reference names (`postgres:17.2`, `pgvector:0.8.0-pg17`, `postgresql-16-c9s`), or undefined where it
 * names none: the number of a company's own release is not a major, nor that of an extension (`citus:13.0`).
 */
export function majorOf({ name, tag = '' }: ImageReference): number | undefined {
  const number = tag.match(/(?:^|[-_.])pg(\d+)/i)?.[1] ?? name.match(/(?:postgres|postgresql|pg)-?(\d+)(?:-|$)/)?.[1] 
    ?? (/postg/.test(name) ? tag.match(/^v?(\d+)/)?.[1] : undefined);
  return number !== undefined && Number(number) >= 9 && Number(number) <= 25 ? Number(number) : undefined;
}

/** Images whose user `postgres` is known not to be 999, with the UID; undefined where it changes from release to release. */
const OTHER_USERS: ReadonlyArray<readonly [RegExp, number | undefined]> = [
  [/(?:^|\/)bitnami(?:legacy|secure)?\/postgresql/, 1001],
  [/(?:^|\/)cloudnative-pg\//, 26],
  [/(?:^|\/)timescale\/timescaledb-ha$/, 1000],
  [/(?:^|\/)timescale\/timescaledb$/, 70],
  [/(?:^|\/)(?:sclorg|rhel\d+)\/postgresql/, 26],
  [/(?:^|\/)crunchydata\//, 26],
  [/^dhi\.io\//, 70],
  [/(?:^|\/)supabase\/postgres$/, undefined],
];

/** What is known about the user `postgres` of an image that is not 999: its UID, or that it has another. */
export function otherUser({ name, tag = '' }: ImageReference): { readonly uid?: number } | undefined {
  const known = OTHER_USERS.find(([pattern]) => pattern.test(name));
  if (known) { return { uid: known[1] }; }
  return /alpine/i.test(tag) ? { uid: 70 } : undefined;
}
