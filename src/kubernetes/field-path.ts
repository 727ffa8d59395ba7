/** The way to a field: names of fields and indices of list items. */
export type FieldSteps = ReadonlyArray<string | number>;

/** A name, `[0]`, `['a.b']` or `["a.b"]`, with the dot before a name; quotes are doubled inside of quotes. */
const STEP = /(?:\.?([^.[\]'"]+)|\[(\d+)\]|\['((?:[^']|'')*)'\]|\["((?:[^"]|"")*)"\])/y;

/**
 * The steps of a field path as findings write it: `spec.dnsNames[0]`, `data['pg_hba.conf']`.
 *
 * What follows a part that is not a step, for example the words after a space, is left out: the steps lead to the nearest field that is known.
 */
export function parseFieldPath(path: string): FieldSteps {
  const steps: Array<string | number> = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (match === null) { break; }
    const [, name, index, single, double] = match;
    if (name !== undefined && name.trim() !== name) { break; }
    steps.push(index !== undefined ? Number(index) : name ?? single?.replaceAll("''", "'") ?? double!.replaceAll('""', '"'));
  }
  return steps;
}
