import { acknowledgementFor, type PlacedAcknowledgement } from './acknowledgement';
import { type Found, onlyCauses } from './only-causes';
import { findingOf, inOrder } from './finding';
import type { Place } from './place';
import type { Manifest } from '../kubernetes';
import { ACKNOWLEDGEMENT_RULES, evaluateAll, evaluateRules, type Finding, type RuleContext, Severity } from '../rules';

/** The rule about acknowledgements, whose own acknowledgement is not checked. */
const SELF = ACKNOWLEDGEMENT_RULES[0]!.code;

/** What is checked together. */
export interface Evaluation {
  /** The manifests, with the facts that the rules need. */
  readonly context: RuleContext;
  /** What a manifest is reported at. */
  readonly placeOf: (manifest: Manifest) => Place;
  /** Violations that constructs find about themselves. */
  readonly own?: ReadonlyArray<Found>;
  readonly acknowledgements: ReadonlyArray<PlacedAcknowledgement>;
  /** All paths, in the order in which findings are listed. */
  readonly paths: () => ReadonlyArray<string>;
}

/** All findings: of every rule over every manifest, of constructs about themselves, and of acknowledgements. */
export function evaluate({ context, placeOf, own = [], acknowledgements, paths }: Evaluation): Finding[] {
  const ofObjects = evaluateAll(context).map(({ at, violation }) => ({ about: placeOf(at), at, violation }));
  const found = [...onlyCauses(own, ofObjects), ...ofAcknowledgements(acknowledgements, [...own, ...ofObjects])];
  return inOrder(found.map((entry) => findingOf(entry, acknowledgementFor(entry.about, entry.violation, acknowledgements))), paths);
}

/** Findings about acknowledgements, given all findings: warnings that are held back occur as well. */
function ofAcknowledgements(acknowledgements: ReadonlyArray<PlacedAcknowledgement>, found: ReadonlyArray<Found>): Found[] {
  return acknowledgements.filter(({ code }) => code !== SELF).flatMap(({ about, code, reason, covers }) => {
    const occurs = found.some((entry) => entry.violation.rule.code === code && entry.violation.severity === Severity.WARNING && covers(entry.about));
    return evaluateRules(ACKNOWLEDGEMENT_RULES, { code, reason, occurs }).map((violation) => ({ about, violation }));
  });
}
