import { INPUT_RULES, INPUT_RULES_PAGE, type InputRule } from './input-rules';
import { nearest } from '../formats';
import { pageOf, RULE_CODES, type RuleCode, ruleCodeOf, Severity } from '../rules';

/** A rule over manifests, or about the input, by its stable names. */
export interface KnownRule {
  readonly id: string;
  readonly code: string;
  readonly severity: Severity;
  /** The page that explains it, inside this package. */
  readonly page: string;
}

/** The rule that an id or a code names. */
export function ruleNamed(name: string): KnownRule | undefined {
  const code = ruleCodeOf(name);
  return code === undefined ? INPUT_RULES.filter((rule) => rule.id === name || rule.code === name).map(ofInput)[0] : ofManifests(code);
}

/** All rules: those over manifests first. */
export function allRules(): KnownRule[] {
  return [...Object.keys(RULE_CODES).map((code) => ofManifests(code as RuleCode)), ...INPUT_RULES.map(ofInput)];
}

/** The page of a rule, inside this package. */
export function pageOfRule(id: string): string {
  return INPUT_RULES.some((rule) => rule.id === id) ? INPUT_RULES_PAGE : pageOf(id);
}

/** The rule that was probably meant, or where the names are listed. */
export function ruleHint(name: string, others: ReadonlyArray<string> = []): string {
  // The letters and digits of another code mean nothing.
  const meant = codeLike(name) ?? (/^pgtls/i.test(name) ? undefined : nearest(name, [...allRules().map(({ id }) => id), ...others]));
  return meant === undefined ? 'use an id or a code in docs/rules/README.md' : `did you mean '${meant}'?`;
}

/** `pgtls c01` and `C01` mean PGTLS-C01. */
function codeLike(name: string): string | undefined {
  const plain = name.toUpperCase().replace(/[^A-Z0-9]/g, '').replace(/^PGTLS/, '');
  return /^[A-Z]\d{2,3}$/.test(plain) ? ruleNamed(`PGTLS-${plain}`)?.code : undefined;
}

function ofManifests(code: RuleCode): KnownRule {
  const [severity, id] = RULE_CODES[code];
  return { id, code, severity: severity as Severity, page: pageOf(id) };
}

function ofInput({ id, code, severity }: InputRule): KnownRule {
  return { id, code, severity, page: INPUT_RULES_PAGE };
}
