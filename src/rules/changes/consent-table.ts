import type { ChangeConsent } from './change-consent';
import type { ChangeKind } from './change-kind';
import { memoizeByObject } from '../../data';
import type { Located } from '../../kubernetes';
import { Severity } from '../engine/finding';
import { evaluateRules, type Rule, type Violation } from '../engine/rule';
import type { RuleContext } from '../engine/rule-context';
import type { LocatedViolation, RuleTable } from '../engine/rule-table';

/** A change of one object, which a consent can name. */
export interface ChangeTarget extends Located {
  readonly namespace: string | undefined;
  readonly name: string;
  /** The new name or namespace of a database that is renamed or moved. */
  readonly target?: string;
}

/** A rule about changes; a consent of one of these kinds allows its errors, and its message shows the first kind. */
export interface ConsentRule<Target extends ChangeTarget> extends Rule<Target> {
  readonly consents?: ReadonlyArray<ChangeKind>;
}

/** A table of rules whose errors a consent can allow. */
export interface ConsentTable extends RuleTable {
  /** The consents that match a change. */
  readonly used: (manifests: RuleContext) => ReadonlySet<ChangeConsent>;
}

interface Evaluation {
  readonly violations: LocatedViolation[];
  readonly used: ReadonlySet<ChangeConsent>;
}

export function consentTable<Target extends ChangeTarget>(
  targets: (manifests: RuleContext) => ReadonlyArray<Target>,
  rules: ReadonlyArray<ConsentRule<Target>>,
): ConsentTable {
  const evaluation = memoizeByObject((manifests: RuleContext) => evaluate(targets(manifests), rules, manifests.consents));
  return { rules, evaluate: (manifests) => evaluation(manifests).violations, used: (manifests) => evaluation(manifests).used };
}

function evaluate<Target extends ChangeTarget>(
  targets: ReadonlyArray<Target>, rules: ReadonlyArray<ConsentRule<Target>>, consents: ReadonlyArray<ChangeConsent>,
): Evaluation {
  const used = new Set<ChangeConsent>();
  const violations = targets.flatMap((target) => evaluateRules(rules, target).map((violation) => {
    const rule = violation.rule as ConsentRule<Target>;
    const given = consents.filter((consent) => rule.consents?.includes(consent._kind) && covers(consent, target));
    for (const consent of given) { used.add(consent); }
    return { at: violation.at ?? target.at, violation: withConsent(violation, rule, target, given[0]) };
  }));
  return { violations, used };
}

/** A change with a consent is listed as an acknowledged warning with the reason of the consent. */
function withConsent<Target extends ChangeTarget>(
  violation: Violation, { consents: [kind] = [] }: ConsentRule<Target>, target: Target, consent: ChangeConsent | undefined,
): Violation {
  if (consent !== undefined) { return { ...violation, severity: Severity.WARNING, consented: consent.reason }; }
  if (kind === undefined) { return violation; }
  const { fix, fixInYaml = fix } = violation;
  const call = asCode(kind, target);
  return {
    ...violation,
    fix: `${fix}; to make the change anyway, add the consent ChangeConsent.${call}`,
    fixInYaml: `${fixInYaml}; to make the change anyway, add ${call} to the option consents`,
  };
}

function covers({ namespace, name, _target }: ChangeConsent, target: ChangeTarget): boolean {
  return namespace === (target.namespace ?? '') && name === target.name && (_target === undefined || _target === target.target);
}

function asCode(kind: ChangeKind, { namespace = '', name, target }: ChangeTarget): string {
  const names = [namespace, name, ...(target === undefined ? [] : [target])].map((text) => `'${text}'`);
  return `${kind}(${[...names, 'reason'].join(', ')})`;
}
