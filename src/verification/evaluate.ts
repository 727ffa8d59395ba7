import { acknowledgementFor, type PlacedAcknowledgement } from './acknowledgement';
import { type Found, onlyCauses } from './causes';
import { findingOf, inOrder } from './report';
import type { Place } from './place';
import type { RuleSelection } from './rule-selection';
import type { Manifest } from '../kubernetes';
import { ACKNOWLEDGEMENT_RULES, evaluateAll, evaluateRules, type Finding, type RuleContext, Severity, type Violation } from '../rules';

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
  /** Which rules are evaluated over the manifests, and how severe they are; all of them, as they are, if it is not given. */
  readonly select?: RuleSelection;
  readonly acknowledgements: ReadonlyArray<PlacedAcknowledgement>;
  /** All paths, in the order in which findings are listed. */
  readonly paths: () => ReadonlyArray<string>;
}

/** All findings: of every rule over every manifest, of constructs about themselves, and of acknowledgements. */
export function evaluate({ context, placeOf, own = [], select, acknowledgements, paths }: Evaluation): Finding[] {
  const ofOwn = own.flatMap((entry) => selected(entry.violation, select).map((violation) => ({ ...entry, violation })));
  const ofObjects = evaluateAll(context).flatMap(({ at, violation }) => selected(violation, select).map((chosen) => ({ about: placeOf(at), at, violation: chosen })));
  const found = [...onlyCauses(ofOwn, ofObjects), ...ofAcknowledgements(acknowledgements, [...ofOwn, ...ofObjects]).flatMap((entry) => selected(entry.violation, select).map((violation) => ({ ...entry, violation })))];
  return inOrder(found.map((entry) => findingOf(entry, acknowledgementFor(entry, acknowledgements))), paths);
}

/** Findings about acknowledgements, given all findings: warnings that are held back occur as well. */
function ofAcknowledgements(acknowledgements: ReadonlyArray<PlacedAcknowledgement>, found: ReadonlyArray<Found>): Found[] {
  return acknowledgements.filter(({ code }) => code !== SELF).flatMap(({ about, code, reason, covers }) => {
    const occurs = found.some((entry) => entry.violation.rule.code === code && entry.violation.severity === Severity.WARNING && covers(entry.about, entry.at));
    return evaluateRules(ACKNOWLEDGEMENT_RULES, { code, reason, occurs }).map((violation) => ({ about, violation }));
  });
}

function selected(violation: Violation, select: RuleSelection | undefined): Violation[] {
  const chosen = select === undefined ? violation : select(violation);
  return chosen === undefined ? [] : [chosen];
}
