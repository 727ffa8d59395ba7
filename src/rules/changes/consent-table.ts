import type { ChangeKind } from './change-kind';
import type { ChangeConsent } from './change-consent';
import { Severity } from '../engine/finding';
import type { Inventory } from '../../pki';
import type { Located } from '../../kubernetes';
import { oncePer } from '../../data';
import type { Rule, Verdict } from '../engine/rule';
import type { LocatedVerdict, RuleTable } from '../engine/rule-table';

/** A change of one object, which a consent can name. */
export interface ConsentSubject extends Located {
  readonly namespace: string | undefined;
  readonly name: string;
  /** The new name or namespace of a database that has one. */
  readonly target?: string;
}

/** A rule about changes; an error of it passes by a consent of one of these kinds, the first of which its message shows. */
export interface ConsentRule<Subject extends ConsentSubject> extends Rule<Subject> {
  readonly consents?: ReadonlyArray<ChangeKind>;
}

/** A table of rules that consents let pass. */
export interface ConsentTable extends RuleTable {
  /** The consents that let something pass. */
  readonly used: (inventory: Inventory) => ReadonlySet<ChangeConsent>;
}

interface Evaluation {
  readonly verdicts: LocatedVerdict[];
  readonly used: ReadonlySet<ChangeConsent>;
}

export function consentTable<Subject extends ConsentSubject>(
  subjects: (inventory: Inventory) => ReadonlyArray<Subject>,
  rules: ReadonlyArray<ConsentRule<Subject>>,
): ConsentTable {
  const evaluation = oncePer((inventory: Inventory) => evaluate(subjects(inventory), rules, inventory.surroundings.consents));
  return { rules, judge: (inventory) => evaluation(inventory).verdicts, used: (inventory) => evaluation(inventory).used };
}

function evaluate<Subject extends ConsentSubject>(
  subjects: ReadonlyArray<Subject>, rules: ReadonlyArray<ConsentRule<Subject>>, consents: ReadonlyArray<ChangeConsent>,
): Evaluation {
  const used = new Set<ChangeConsent>();
  const verdicts = subjects.flatMap((subject) => rules.flatMap((rule) => rule.broken(subject).map((fault) => {
    const given = consents.filter((consent) => rule.consents?.includes(consent._kind) && covers(consent, subject));
    for (const consent of given) { used.add(consent); }
    return { at: subject.at, verdict: verdict(rule, subject, fault, given[0]) };
  })));
  return { verdicts, used };
}

/** What has a consent is listed with its reason, as an acknowledged warning is. */
function verdict<Subject extends ConsentSubject>(rule: ConsentRule<Subject>, subject: Subject, fault: string, consent: ChangeConsent | undefined): Verdict {
  const { code, severity = Severity.ERROR, remedy, consents: [kind] = [] } = rule;
  const wayOut = kind === undefined ? '' : `; to make the change all the same, consent in code: ${asCode(kind, subject)}`;
  if (consent === undefined) { return { code, severity, message: `${fault}; ${remedy}${wayOut}` }; }
  return { code, severity: Severity.WARNING, message: `${fault}; ${remedy}`, consented: consent.reason };
}

function covers({ namespace, name, _target }: ChangeConsent, subject: ConsentSubject): boolean {
  return namespace === (subject.namespace ?? '') && name === subject.name && (_target === undefined || _target === subject.target);
}

function asCode(kind: ChangeKind, { namespace = '', name, target }: ConsentSubject): string {
  const names = [namespace, name, ...(target === undefined ? [] : [target])].map((text) => `'${text}'`);
  return `ChangeConsent.${kind}(${[...names, 'reason'].join(', ')})`;
}
