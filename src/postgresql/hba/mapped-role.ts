/** Whether `pg_ident.conf` reads a word in the place of a role as a regular expression or as the members of a role, from 16 on. Source: PostgreSQL, "User Name Maps". */
export function isPatternOrGroup(word: string): boolean {
  return /^[/+]/.test(word);
}

/** Whether a word in the place of a role may stand for roles of other names. */
export function standsForOthers(word: string): boolean {
  return isPatternOrGroup(word) || word === 'all' || word.includes('\\1');
}
