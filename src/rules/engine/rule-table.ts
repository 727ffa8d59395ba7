import { Inventory } from '../../pki';
import { Judged, Located } from '../../kubernetes';
import { oncePer } from '../../data';
import { judge, Rule, Verdict } from './rule';

/** What a rule says, and about which manifest. */
export interface LocatedVerdict extends Located {
  readonly verdict: Verdict;
}

/** What is known of a rule apart from how it decides. */
export type RuleFacts = Omit<Rule<never>, 'broken'>;

/** Rules over one kind of subject, and where its subjects are found. */
export interface RuleTable {
  readonly rules: ReadonlyArray<RuleFacts>;
  readonly judge: (inventory: Inventory) => LocatedVerdict[];
}

export function ruleTable<Subject extends Located>(
  subjects: (inventory: Inventory) => ReadonlyArray<Subject>,
  rules: ReadonlyArray<Rule<Subject>>,
): RuleTable {
  return {
    rules,
    judge: (inventory) => {
      const located: LocatedVerdict[] = [];
      for (const subject of subjects(inventory)) {
        for (const verdict of judge(rules, subject)) { located.push({ at: subject.at, verdict }); }
      }
      return located;
    },
  };
}

/** A manifest and everything beside it, for rules that need no more. */
export interface ObjectSubject extends Located {
  readonly at: Judged;
  readonly inventory: Inventory;
}

/** Every object as a subject, made once for all tables. */
export const objectsOf = oncePer((inventory: Inventory): ReadonlyArray<ObjectSubject> => inventory.objects.map((at) => ({ at, inventory })));
