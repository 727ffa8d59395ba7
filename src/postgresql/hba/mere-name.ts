/** A word in quotes that would mean something else without them: it names a database or role. */
export function isMereName(word: string): boolean {
  return /^"(?:all|replication|sameuser|samerole|samegroup|[+@](?:[^"]|"")*)"$/.test(word);
}
