/** Whether a path is a pattern: it has `*`, `?`, `[…]` or `{…}`. */
export function isGlob(path: string): boolean {
  return /[*?[{]/.test(path);
}

/** The folder above the first part of a pattern that is not a name. */
export function globBase(pattern: string): string {
  const parts = pattern.split('/');
  const fixed = parts.slice(0, Math.min(parts.findIndex(isGlob), parts.length - 1)).join('/');
  return fixed === '' ? (pattern.startsWith('/') ? '/' : '.') : fixed;
}

/**
 * The paths that match a pattern: `*` and `?` within a name, `**` for any number of folders, `[a-c]`, `{a,b}`, as in bash with globstar and in git.
 * Names that begin with a dot match like others.
 */
export function globPattern(pattern: string): RegExp {
  let source = '';
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const rest = pattern.slice(at);
    const folders = /^\*\*(?:\/|$)/.exec(rest)?.[0];
    const set = /^\[(!|\^)?(\]?[^\]/]*)\]/.exec(rest);
    if (folders !== undefined && (at === 0 || pattern.charAt(at - 1) === '/')) {
      source += folders === '**' ? '.*' : '(?:.*/)?';
      at += folders.length - 1;
    } else if (set !== null) {
      source += `[${set[1] === undefined ? '' : '^'}${set[2]!.replace(/[\\[\]^]/g, '\\$&')}]`;
      at += set[0].length - 1;
    } else if (rest.startsWith('*')) {
      source += '[^/]*';
      while (pattern.charAt(at + 1) === '*') { at++; }
    } else if (rest.startsWith('?')) {
      source += '[^/]';
    } else if (rest.startsWith('{') && rest.includes('}')) {
      source += '(?:';
      depth++;
    } else if (rest.startsWith('}') && depth > 0) {
      source += ')';
      depth--;
    } else if (rest.startsWith(',') && depth > 0) {
      source += '|';
    } else {
      source += pattern.charAt(at).replace(/[.*+?^${}()|[\]\\]/, '\\$&');
    }
  }
  try {
    return new RegExp(`^${source}${')'.repeat(depth)}$`, 's');
  } catch {
    return /(?!)/; // a set such as [z-a] matches nothing
  }
}
