const QUOTED = /^"((?:[^"]|"")*)"$/s;

/** Words that mean something else than the database or role of that name. */
const MEANING = /^(?:all|replication|sameuser|samerole|samegroup)$|^[+@]/;

/** A word in quotes that would mean something else without them: it names a database or role. */
export function isMereName(word: string): boolean {
  const name = QUOTED.exec(word)?.[1]?.replaceAll('""', '"');
  return name !== undefined && needsQuotes(name);
}

/** The word of a row for the database or role of exactly that name, of any characters. */
export function hbaName(name: string, major: number): string {
  // From 16 on a slash begins a regular expression, in quotes as well. Source: PostgreSQL src/backend/libpq/hba.c, regcomp_auth_token.
  if (major >= 16 && name.startsWith('/')) { return `/^${name.replace(/[^\w\u0080-\u{10ffff}]/gu, '\\$&')}$`; }
  return needsQuotes(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** The name that a regular expression of `hbaName` matches; undefined for any other expression. */
export function exactName(word: string): string | undefined {
  const body = /^\/\^((?:[\w\u0080-\u{10ffff}]|\\[^\w\u0080-\u{10ffff}])*)\$$/u.exec(word)?.[1];
  return body?.replace(/\\(.)/gsu, '$1');
}

function needsQuotes(name: string): boolean {
  return MEANING.test(name) || isMereName(name);
}
