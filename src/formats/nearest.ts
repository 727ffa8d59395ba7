/**
 * The word that was probably meant: equal except for case, separators and a third of its letters, or the only one that starts with the given
 * text, that the given text starts with, or that it abbreviates.
 */
export function nearest(given: string, known: ReadonlyArray<string>): string | undefined {
  if (given.length > 60) { return undefined; }
  const ranked = known.map((word) => ({ word, edits: edits(plain(given), plain(word)) })).sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  if (best && best.edits <= Math.min(3, Math.floor(given.length / 3)) && best.edits < plain(given).length) { return best.word; }
  return onlyOne(known.filter((word) => plain(given) !== '' && plain(word).startsWith(plain(given))))
    ?? onlyOne(known.filter((word) => word.length > 2 && plain(given).startsWith(plain(word))))
    ?? onlyOne(known.filter((word) => given.length > 1 && word.replace(/[^A-Z]/g, '') === given.toUpperCase()));
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}

function onlyOne(words: ReadonlyArray<string>): string | undefined {
  return words.length === 1 ? words[0] : undefined;
}

/** Levenshtein distance. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      next.push(Math.min(row[column]! + 1, next[column - 1]! + 1, row[column - 1]! + (to[column - 1] === letter ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length]!;
}
