import { ruleHint, ruleNamed } from './known-rules';
import { isInPreset, RULE_PRESETS, type RulePreset } from './rule-presets';
import { INPUT_RULES } from './input-rules';
import { Severity, type Violation } from '../rules';

/** Which rules are evaluated, and how severe their findings are. */
export interface RuleSelectionOptions {
  readonly include?: ReadonlyArray<string>;
  readonly exclude?: ReadonlyArray<string>;
  readonly severities?: { readonly [rule: string]: Severity };
}

/** Decides about violations: undefined if the rule is not selected, otherwise the violation with its severity. */
export type RuleSelection = (violation: Violation) => Violation | undefined;

const INPUT_CODES: ReadonlySet<string> = new Set(INPUT_RULES.map(({ code }) => code));

/**
 * The selection that options describe.
 *
 * @param place prefix of error messages
 * @throws if a name is neither an id or a code of a rule nor a preset, or if a severity is unknown
 */
export function ruleSelection(place: string, { include, exclude = [], severities = {} }: RuleSelectionOptions): RuleSelection {
  const included = include && matcher(`${place}include`, include);
  const excluded = matcher(`${place}exclude`, exclude);
  const changed = new Map(Object.entries(severities).map(([name, severity]) => [codeNamed(`${place}severities`, name), severityNamed(`${place}severities: ${name}`, severity)]));
  return (violation) => {
    const { code } = violation.rule;
    // What was not checked concerns every selection of rules.
    const isIncluded = included === undefined || INPUT_CODES.has(code) || included(code);
    if (!isIncluded || excluded(code)) { return undefined; }
    const severity = changed.get(code);
    return severity === undefined || severity === violation.severity ? violation : { ...violation, severity };
  };
}

function matcher(place: string, names: ReadonlyArray<string>): (code: string) => boolean {
  const presets = names.filter(isPreset);
  const codes = new Set(names.filter((name) => !isPreset(name)).map((name) => codeNamed(place, name)));
  return (code) => codes.has(code) || presets.some((preset) => isInPreset(preset, code));
}

function isPreset(name: string): name is RulePreset {
  return RULE_PRESETS.includes(name as RulePreset);
}

function codeNamed(place: string, name: string): string {
  const rule = ruleNamed(name);
  if (rule === undefined) { throw new Error(`${place}: no rule and no preset has the name '${name}'; ${ruleHint(name, RULE_PRESETS)}`); }
  return rule.code;
}

function severityNamed(place: string, severity: Severity): Severity {
  if (!Object.values(Severity).includes(severity)) { throw new Error(`${place} is '${String(severity)}'; use error or warning, or exclude the rule`); }
  return severity;
}
