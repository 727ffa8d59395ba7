import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Verdict } from './rule';

/** What is found about one construct. */
export interface Found {
  readonly about: IConstruct;
  readonly verdict: Verdict;
}

/** Rules about a construct whose breach makes its objects wrong as well: its name, its namespace. */
const CAUSES = new Set(['PGTLS-P07', 'PGTLS-P10']);
const BAD_NAME = 'PGTLS-N01';
const DECLARED_TWICE = 'PGTLS-N02';

/**
 * One cause, one finding: what follows from a wrong name or namespace of a construct, or from declaring it twice, waits until that is
 * mended.
 *
 * @param own what constructs find about themselves
 * @param ofObjects what the rules find about the objects
 */
export function withoutConsequences(own: ReadonlyArray<Found>, ofObjects: ReadonlyArray<Found>): Found[] {
  if (own.length + ofObjects.length < 2) { return [...own, ...ofObjects]; }
  const causes = new Set(own.filter(({ verdict }) => CAUSES.has(verdict.code)).map(({ about }) => about));
  const rest = causes.size === 0 ? ofObjects : ofObjects.filter(({ about }) => !about.node.scopes.some((scope) => causes.has(scope)));
  return [...own, ...duplicatesOnce(badNamesFirst(rest))];
}

/** An object with a wrong name: the first of its composite is told, and nothing else about that composite's objects. */
function badNamesFirst(found: ReadonlyArray<Found>): ReadonlyArray<Found> {
  const first = new Map<IConstruct, Found>();
  for (const entry of found) {
    if (entry.verdict.code === BAD_NAME && !first.has(compositeOf(entry.about))) { first.set(compositeOf(entry.about), entry); }
  }
  return first.size === 0 ? found : found.filter((entry) => (first.get(compositeOf(entry.about)) ?? entry) === entry);
}

/** A construct that is there twice declares all of its objects twice. */
function duplicatesOnce(found: ReadonlyArray<Found>): Found[] {
  const groups = new Map<IConstruct, Found[]>();
  for (const entry of found.filter(({ verdict }) => verdict.code === DECLARED_TWICE)) {
    const top = topOf(entry.about);
    groups.set(top, [...groups.get(top) ?? [], entry]);
  }
  return found.flatMap((entry) => {
    const group = entry.verdict.code === DECLARED_TWICE ? groups.get(topOf(entry.about))! : [entry];
    if (group.reduce(outermost) !== entry) { return []; }
    return group.length === 1 ? [entry] : [{ ...entry, verdict: { ...entry.verdict, message: withOthers(entry.verdict.message, group.length - 1) } }];
  });
}

function outermost(one: Found, other: Found): Found {
  return other.about.node.scopes.length < one.about.node.scopes.length ? other : one;
}

function withOthers(message: string, count: number): string {
  return message.replace(/;/, `, and so ${count === 1 ? 'is one more object' : `are ${count} more objects`} of the same construct;`);
}

/** The construct that an object is a part of, or the object itself where a chart holds it. */
function compositeOf(construct: IConstruct): IConstruct {
  const parent = construct.node.scope;
  return parent === undefined || parent.node.scope === undefined || Chart.isChart(parent) ? construct : parent;
}

/** The outermost construct below the chart. */
function topOf(construct: IConstruct): IConstruct {
  const parent = compositeOf(construct);
  return parent === construct ? construct : topOf(parent);
}
