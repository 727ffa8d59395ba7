import { evaluateRules, Rule, RuleFacts, Violation } from './rule';
import { RuleContext } from './rule-context';
import { memoizeByObject } from '../../data';
import { Located, Manifest } from '../../kubernetes';

/** A violation, and the manifest that it is about. */
export interface LocatedViolation extends Located {
  readonly violation: Violation;
}

/** Rules for one kind of target, evaluated over every target among the manifests. */
export interface RuleTable {
  readonly rules: ReadonlyArray<RuleFacts>;
  readonly evaluate: (manifests: RuleContext) => LocatedViolation[];
}

export function ruleTable<Target extends Located>(
  targets: (manifests: RuleContext) => ReadonlyArray<Target>,
  rules: ReadonlyArray<Rule<Target>>,
): RuleTable {
  return {
    rules,
    evaluate: (manifests) => {
      const located: LocatedViolation[] = [];
      for (const target of targets(manifests)) {
        for (const violation of evaluateRules(rules, target)) { located.push({ at: violation.at ?? target.at, violation }); }
      }
      return located;
    },
  };
}

/** A table that applies rules which another table lists to further targets. */
export function applied({ evaluate }: RuleTable): RuleTable {
  return { rules: [], evaluate };
}

/** A manifest and everything beside it, for rules that need no more. */
export interface ManifestTarget extends Located {
  readonly at: Manifest;
  readonly manifests: RuleContext;
}

/** Every object as a target, made once for all tables. */
export const objectsOf = memoizeByObject((manifests: RuleContext): ReadonlyArray<ManifestTarget> => manifests.objects.map((at) => ({ at, manifests })));
