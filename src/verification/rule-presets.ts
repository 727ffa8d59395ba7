import { memoizeByText } from '../data';
import { ACKNOWLEDGEMENT_RULES, RULE_TABLES_BY_SUBJECT } from '../rules';

/** Names for many rules, by their subject. */
export const RULE_PRESETS = ['all', 'certificates', 'postgresql'] as const;

/** The name of a preset. */
export type RulePreset = typeof RULE_PRESETS[number];

/** Whether a preset has a rule. */
export function isInPreset(preset: RulePreset, code: string): boolean {
  return preset === 'all' || codesOf(preset).has(code);
}

/** Names and duplicates of objects, changes, acknowledgements: they concern every subject. */
const codesOf = memoizeByText((preset: string): ReadonlySet<string> => {
  const { shared } = RULE_TABLES_BY_SUBJECT;
  const tables = [...shared, ...RULE_TABLES_BY_SUBJECT[preset as Exclude<RulePreset, 'all'>], { rules: ACKNOWLEDGEMENT_RULES }];
  return new Set(tables.flatMap(({ rules }) => rules.map(({ code }) => code)));
});
