/** What replaces a mount path. */
export interface PathMapping {
  readonly from: string;
  readonly to: string;
}

/**
 * Replaces mount paths by directories of this machine and PostgreSQL's port by a free one. It is a single pass, so that nothing replaced is
 * looked at again: the directories themselves may lie below a mount path such as `/tmp`.
 */
export function rewriter(mappings: readonly PathMapping[], port: number): (text: string) => string {
  const targets = new Map(mappings.map(({ from, to }) => [from.replace(/\/+$/, ''), to]));
  const paths = [...targets.keys()].sort((a, b) => b.length - a.length).map((path) => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const alternatives = [...(paths.length === 0 ? [] : [`${BEFORE_PATH}(?:${paths.join('|')})${AFTER_PATH}`]), '\\b5432\\b'];
  const pattern = new RegExp(alternatives.join('|'), 'g');
  return (text) => text.replace(pattern, (found) => targets.get(found) ?? String(port));
}

// A path may not begin in the middle of another, nor after a variable: `$PGDATA/tmp`, `${PGDATA}/tmp`, `"$PGDATA"/tmp`, `$(pwd)/tmp`.
const BEFORE_PATH = '(?<![\\w.\\-/})*]|\\$\\{?\\w+\\}?["\'])';
// Nor may it end within a name; a full stop may end a sentence.
const AFTER_PATH = '(?![\\w-]|\\.\\w)';
