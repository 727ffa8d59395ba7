import { acknowledgementFor, type PlacedAcknowledgement } from './acknowledgement';
import { type Found, onlyCauses } from './only-causes';
import { findingOf, inOrder } from './finding';
import type { Place } from './place';
import type { RuleSelection } from './rule-selection';
import type { Manifest } from '../kubernetes';
import { ACKNOWLEDGEMENT_RULES, evaluateAll, evaluateRules, type Finding, type LocatedViolation, type RuleContext, Severity, type Violation } from '../rules';

/** The rule about acknowledgements, whose own acknowledgement is not checked. */
const SELF = ACKNOWLEDGEMENT_RULES[0]!.code;

/** What is checked together. */
export interface Evaluation {
  /** The manifests, with the facts that the rules need. */
  readonly context: RuleContext;
  /** What a manifest is reported at. */
  readonly placeOf: (manifest: Manifest) => Place;
  /** Violations that constructs find about themselves, or by the files of the input. */
  readonly own?: ReadonlyArray<Found>;
  /** Which rules count, and how severe they are; all of them, as they are, if it is not given. */
  readonly select?: RuleSelection;
  readonly acknowledgements: ReadonlyArray<PlacedAcknowledgement>;
  /** Whether the manifests are texts that no construct of the caller has written: findings then name fields, not constructs. */
  readonly isYaml: boolean;
  /** All paths, in the order in which findings are listed. */
  readonly paths: () => ReadonlyArray<string>;
}

/** All findings: of every rule over every manifest, of constructs about themselves, and of acknowledgements. */
export function evaluate({ context, placeOf, own = [], select, acknowledgements, isYaml, paths }: Evaluation): Finding[] {
  const ofOwn = chosen(own, select);
  const ofObjects = chosen(evaluateAll(context).flatMap(atRelease), select).map(({ at, violation }) => ({ about: placeOf(at), at, violation }));
  const unused = ofAcknowledgements(acknowledgements, [...ofOwn, ...ofObjects]);
  const found = [...onlyCauses(ofOwn, ofObjects, isYaml), ...chosen(unused, select)];
  return inOrder(found.map((entry) => findingOf(entry, acknowledgementFor(entry, acknowledgements), isYaml)), paths);
}

/** A violation by an object of a chart is one by the value that it is made from; what the chart alone decides cannot be changed there. */
function atRelease({ at, violation }: LocatedViolation): ReadonlyArray<LocatedViolation> {
  if (at.installedBy === undefined) { return [{ at, violation }]; }
  const field = at.installedBy.fieldOf(violation.field);
  return field === undefined ? [] : [{ at: at.installedBy.release, violation: { ...violation, field } }];
}

/** Findings about acknowledgements, given all findings: warnings that are held back occur as well. */
function ofAcknowledgements(acknowledgements: ReadonlyArray<PlacedAcknowledgement>, found: ReadonlyArray<Found>): Found[] {
  return acknowledgements.filter(({ code }) => code !== SELF).flatMap(({ about, location, code, reason, covers }) => {
    const occurs = found.some((entry) => entry.violation.rule.code === code && entry.violation.severity === Severity.WARNING && covers(entry.about, entry.at));
    return evaluateRules(ACKNOWLEDGEMENT_RULES, { code, reason, occurs }).map((violation) => ({ about, location, violation }));
  });
}

/** What is left of violations by a selection of rules. */
function chosen<Entry extends { readonly violation: Violation }>(entries: ReadonlyArray<Entry>, select: RuleSelection | undefined): ReadonlyArray<Entry> {
  if (select === undefined) { return entries; }
  return entries.flatMap((entry) => {
    const violation = select(entry.violation);
    return violation === undefined ? [] : violation === entry.violation ? [entry] : [{ ...entry, violation }];
  });
}
