import type { ChangeConsent } from './change-consent';
import type { ChangeKind } from './change-kind';
import { memoizeByObject } from '../../data';
import type { Located } from '../../kubernetes';
import { Severity } from '../engine/finding';
import type { Rule, Violation } from '../engine/rule';
import type { RuleContext } from '../engine/rule-context';
import type { LocatedViolation, RuleTable } from '../engine/rule-table';

/** A change of one object, which a consent can name. */
export interface ChangeTarget extends Located {
  readonly namespace: string | undefined;
  readonly name: string;
  /** The new name or namespace of a database that has one. */
  readonly target?: string;
}

/** A rule about changes; an error of it passes by a consent of one of these kinds, the first of which its message shows. */
export interface ConsentRule<Target extends ChangeTarget> extends Rule<Target> {
  readonly consents?: ReadonlyArray<ChangeKind>;
}

/** A table of rules that consents let pass. */
export interface ConsentTable extends RuleTable {
  /** The consents that let something pass. */
  readonly used: (manifests: RuleContext) => ReadonlySet<ChangeConsent>;
}

interface Evaluation {
  readonly violations: LocatedViolation[];
  readonly used: ReadonlySet<ChangeConsent>;
}

export function consentTable<Target extends ChangeTarget>(
  subjects: (manifests: RuleContext) => ReadonlyArray<Target>,
  rules: ReadonlyArray<ConsentRule<Target>>,
): ConsentTable {
  const evaluation = memoizeByObject((manifests: RuleContext) => evaluate(subjects(manifests), rules, manifests.consents));
  return { rules, evaluate: (manifests) => evaluation(manifests).violations, used: (manifests) => evaluation(manifests).used };
}

function evaluate<Target extends ChangeTarget>(
  targets: ReadonlyArray<Target>, rules: ReadonlyArray<ConsentRule<Target>>, consents: ReadonlyArray<ChangeConsent>,
): Evaluation {
  const used = new Set<ChangeConsent>();
  const violations = targets.flatMap((target) => rules.flatMap((rule) => rule.check(target).map((fault) => {
    const given = consents.filter((consent) => rule.consents?.includes(consent._kind) && covers(consent, target));
    for (const consent of given) { used.add(consent); }
    return { at: target.at, violation: violationOf(rule, target, fault, given[0]) };
  })));
  return { violations, used };
}

/** What has a consent is listed with its reason, as an acknowledged warning is. */
function violationOf<Target extends ChangeTarget>(rule: ConsentRule<Target>, target: Target, fault: string, consent: ChangeConsent | undefined): Violation {
  const { code, severity = Severity.ERROR, fix: remedy, consents: [kind] = [] } = rule;
  const wayOut = kind === undefined ? '' : `; to make the change all the same, consent in code: ${asCode(kind, target)}`;
  if (consent === undefined) { return { code, severity, message: `${fault}; ${remedy}${wayOut}` }; }
  return { code, severity: Severity.WARNING, message: `${fault}; ${remedy}`, consented: consent.reason };
}

function covers({ namespace, name, _target }: ChangeConsent, target: ChangeTarget): boolean {
  return namespace === (target.namespace ?? '') && name === target.name && (_target === undefined || _target === target.target);
}

function asCode(kind: ChangeKind, { namespace = '', name, target }: ChangeTarget): string {
  const names = [namespace, name, ...(target === undefined ? [] : [target])].map((text) => `'${text}'`);
  return `ChangeConsent.${kind}(${[...names, 'reason'].join(', ')})`;
}
