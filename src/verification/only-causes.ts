import type { Place } from './place';
import { groupBy } from '../data';
import type { Manifest } from '../kubernetes';
import type { FindingLocation, Violation } from '../rules';

/** A violation, and what it is about. */
export interface Found {
  readonly about: Place;
  /** The object, if the violation is about one. */
  readonly at?: Manifest;
  /** Where it stands in a file, if it is about the file and not about an object. */
  readonly location?: Omit<FindingLocation, 'path'>;
  readonly violation: Violation;
}

/** Rules about the name or namespace of a construct; a wrong one makes its objects wrong as well. */
const CAUSES = new Set(['PGTLS-P07', 'PGTLS-P10']);
const BAD_NAME = 'PGTLS-N01';
const DECLARED_TWICE = 'PGTLS-N02';

/** Findings that follow from another finding about the same composite: they are resolved with it, or must be evaluated again after it. */
const CONSEQUENCES: Readonly<Record<string, readonly string[]>> = {
  // Everything else that requires tls.
  'PGTLS-P01': ['PGTLS-P03', 'PGTLS-P12', 'PGTLS-P13', 'PGTLS-P42', 'PGTLS-P57'],
  'PGTLS-P02': ['PGTLS-P03', 'PGTLS-P12', 'PGTLS-P13', 'PGTLS-P42', 'PGTLS-P57'],
  'PGTLS-P03': ['PGTLS-P57'],
  // Locales and images of an unsupported major are not known.
  'PGTLS-P08': ['PGTLS-P28', 'PGTLS-P83'],
  // A volume that is too small for a database is too small for its WAL.
  'PGTLS-P09': ['PGTLS-P68', 'PGTLS-P88'],
  'PGTLS-P88': ['PGTLS-P68'],
  'PGTLS-P91': ['PGTLS-P68'],
  // Without server names no client has one.
  'PGTLS-P51': ['PGTLS-B01', 'PGTLS-B10'],
  // An issuer that does not issue the certificate at all.
  'PGTLS-B09': ['PGTLS-B15', 'PGTLS-C06', 'PGTLS-P43'],
  // The pod names a ConfigMap of another namespace.
  'PGTLS-P146': ['PGTLS-P145', 'PGTLS-W10'],
  // Two databases of one name are one object, and so share the client CA.
  'PGTLS-N02': ['PGTLS-E40'],
};

/** Findings about a name, by which others refer to the same object, and findings about such references. */
const NAMES = new Set([...CAUSES, BAD_NAME, 'PGTLS-A01']);
const REFERENCES = new Set(['PGTLS-A20', 'PGTLS-I03']);

/** Findings about each of the host names that one text is a part of. */
const HOST_NAMES = new Set(['PGTLS-B07', 'PGTLS-B20']);

/**
 * One cause, one finding: findings that follow from a wrong name or namespace of a construct, from declaring it twice, from a missing issuer or
 * one of the wrong kind, or from an invalid version or volume, are held back until the cause is fixed.
 *
 * @param own findings of constructs about themselves
 * @param ofObjects findings of the rules about the objects
 * @param isYaml whether no construct has written the objects
 */
export function onlyCauses(own: ReadonlyArray<Found>, ofObjects: ReadonlyArray<Found>, isYaml = false): Found[] {
  if (own.length + ofObjects.length < 2) { return [...own, ...ofObjects]; }
  const causes = new Set(own.filter(({ violation }) => CAUSES.has(violation.rule.code)).map(({ about }) => about));
  const rest = causes.size === 0 ? ofObjects : ofObjects.filter(({ about }) => !about.scopes.some((scope) => causes.has(scope)));
  const independent = withoutFollowers([...withoutRepeated(own, ofObjects), ...badNamesFirst(rest)]);
  return hostNamesOnce(duplicatesOnce(namespacesOnce(withoutReferences(independent, [...own, ...ofObjects])), isYaml), isYaml);
}

/** What a construct finds about itself, without what a rule finds in its manifest as well. */
function withoutRepeated(own: ReadonlyArray<Found>, ofObjects: ReadonlyArray<Found>): ReadonlyArray<Found> {
  return own.filter(({ about, violation: { rule, problem } }) =>
    !ofObjects.some((other) => other.about === about && other.violation.rule.code === rule.code && other.violation.problem === problem));
}

/** An invalid object name: only the first one of its composite is reported, and no other finding about the composite's objects. */
function badNamesFirst(found: ReadonlyArray<Found>): ReadonlyArray<Found> {
  const first = new Map<Place, Found>();
  for (const entry of found) {
    if (entry.violation.rule.code === BAD_NAME && !first.has(entry.about.composite)) { first.set(entry.about.composite, entry); }
  }
  return first.size === 0 ? found : found.filter((entry) => (first.get(entry.about.composite) ?? entry) === entry);
}

/** Without findings that follow from another one about the same composite. */
function withoutFollowers(found: ReadonlyArray<Found>): ReadonlyArray<Found> {
  const held = new Map<Place, Set<string>>();
  for (const { about, violation } of found) {
    for (const code of CONSEQUENCES[violation.rule.code] ?? []) { held.set(about.top, (held.get(about.top) ?? new Set()).add(code)); }
  }
  return held.size === 0 ? found : found.filter(({ about, violation }) => !(held.get(about.top)?.has(violation.rule.code) ?? false));
}

/** Without references by a name that is reported where it is defined. */
function withoutReferences(found: ReadonlyArray<Found>, all: ReadonlyArray<Found>): ReadonlyArray<Found> {
  if (!found.some(({ violation }) => REFERENCES.has(violation.rule.code))) { return found; }
  const names = new Set(all.filter(({ violation }) => NAMES.has(violation.rule.code)).map(({ violation }) => quoted(violation)[0] ?? '').filter((name) => name !== ''));
  return found.filter(({ violation }) => !REFERENCES.has(violation.rule.code) || !quoted(violation).some((text) => [...names].some((name) => text.startsWith(name))));
}

function quoted({ problem }: Violation): string[] {
  return [...problem.matchAll(/'([^']*)'/g)].map(([, text]) => text!);
}

/** A namespace belongs to the chart: it is reported once, for a database (PGTLS-P07) or for the first object. */
function namespacesOnce(found: ReadonlyArray<Found>): ReadonlyArray<Found> {
  const known = new Set(found.filter(({ violation }) => violation.rule.code === 'PGTLS-P07').map(({ violation }) => quoted(violation)[0]));
  return found.filter(({ violation }) => {
    if (violation.rule.code !== BAD_NAME || !violation.problem.startsWith('namespace ')) { return true; }
    const [namespace] = quoted(violation);
    if (known.has(namespace)) { return false; }
    known.add(namespace);
    return true;
  });
}

/** A fault in many host names, such as the cluster domain, is reported once. */
function hostNamesOnce(found: ReadonlyArray<Found>, isYaml: boolean): Found[] {
  return oneOfEach(found, ({ about, violation }) => (HOST_NAMES.has(violation.rule.code) ? `${violation.rule.code} ${about.top.path}` : undefined), (group) => group[0]!,
    (count) => `${more(count, 'name')} of the same ${isYaml ? 'object' : 'construct'}`);
}

/** A duplicate construct declares all of its objects twice. */
function duplicatesOnce(found: ReadonlyArray<Found>, isYaml: boolean): Found[] {
  return oneOfEach(found, ({ about, violation }) => (violation.rule.code === DECLARED_TWICE ? about.top.path : undefined), (group) => group.reduce(outermost),
    (count) => `${more(count, 'object')} of the same ${isYaml ? 'name' : 'construct'}`);
}

/** One finding of every group, in its place, with the number of the others. */
function oneOfEach(
  found: ReadonlyArray<Found>, keyOf: (entry: Found) => string | undefined, chosen: (group: ReadonlyArray<Found>) => Found, others: (count: number) => string,
): Found[] {
  const groups = groupBy(found, keyOf);
  return found.flatMap((entry) => {
    const key = keyOf(entry);
    const group = key === undefined ? [entry] : groups.get(key)!;
    if (chosen(group) !== entry) { return []; }
    return group.length === 1 ? [entry] : [{ ...entry, violation: { ...entry.violation, problem: `${entry.violation.problem}, and so ${others(group.length - 1)}` } }];
  });
}

function outermost(one: Found, other: Found): Found {
  return other.about.scopes.length < one.about.scopes.length ? other : one;
}

function more(count: number, what: string): string {
  return count === 1 ? `is one more ${what}` : `are ${count} more ${what}s`;
}
