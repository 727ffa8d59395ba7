import { evaluateRules, Rule, Violation } from './rule';
import { RuleContext } from './rule-context';
import { memoizeByObject } from '../../data';
import { Located, Manifest } from '../../kubernetes';

/** What a rule says, and about which manifest. */
export interface LocatedViolation extends Located {
  readonly violation: Violation;
}

/** What is known of a rule apart from how it decides. */
export type RuleFacts = Omit<Rule<never>, 'broken'>;

/** Rules over one kind of target, and where its subjects are found. */
export interface RuleTable {
  readonly rules: ReadonlyArray<RuleFacts>;
  readonly evaluate: (manifests: RuleContext) => LocatedViolation[];
}

export function ruleTable<Target extends Located>(
  subjects: (manifests: RuleContext) => ReadonlyArray<Target>,
  rules: ReadonlyArray<Rule<Target>>,
): RuleTable {
  return {
    rules,
    evaluate: (manifests) => {
      const located: LocatedViolation[] = [];
      for (const target of subjects(manifests)) {
        for (const violation of evaluateRules(rules, target)) { located.push({ at: target.at, violation }); }
      }
      return located;
    },
  };
}

/** A manifest and everything beside it, for rules that need no more. */
export interface ManifestTarget extends Located {
  readonly at: Manifest;
  readonly manifests: RuleContext;
}

/** Every object as a target, made once for all tables. */
export const objectsOf = memoizeByObject((manifests: RuleContext): ReadonlyArray<ManifestTarget> => manifests.objects.map((at) => ({ at, manifests })));
