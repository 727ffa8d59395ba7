import { NotCheckedReason } from '../reading';
import { Consequence, type RuleFacts, Severity } from '../rules';

/** A rule about an input of files: what could not be checked, faults of its text, and options that no longer apply. */
export interface InputRule extends RuleFacts {
  readonly severity: Severity;
  /** What is known of it, in Markdown; the rules over manifests have pages instead. */
  readonly text: string;
}

/** The page of all of them, inside this package. */
export const INPUT_RULES_PAGE = 'docs/prove.md';

const UNREADABLE: InputRule = {
  id: 'input-unreadable',
  code: 'PGTLS-Y01',
  severity: Severity.ERROR,
  title: 'file that cannot be read',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [],
  text: 'The file does not exist, may not be read, is too large, or no file matches a pattern. Nothing of it was checked; other files were.',
  fix: 'give a file that can be read',
};

const INVALID_YAML: InputRule = {
  id: 'input-invalid-yaml',
  code: 'PGTLS-Y02',
  severity: Severity.ERROR,
  title: 'invalid YAML',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [],
  text: 'A document cannot be parsed, and kubectl refuses it. The other documents were checked. Frequent: `- *.example.com` without quotes, which is an alias in YAML.',
  fix: 'fix the syntax',
};

const NOT_RENDERED: InputRule = {
  id: 'input-not-rendered',
  code: 'PGTLS-Y03',
  severity: Severity.WARNING,
  title: 'file with placeholders that are not filled in',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [],
  text: 'A template of Helm, or placeholders of Flux, Kustomize, Terraform or envsubst without a default. Check what `helm template`, `flux build` or `kustomize build` prints.',
  fix: 'check the rendered file',
};

const ENCRYPTED: InputRule = {
  id: 'input-encrypted',
  code: 'PGTLS-Y04',
  severity: Severity.WARNING,
  title: 'file with encrypted values',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [],
  text: 'SOPS, ansible-vault, git-crypt or age have encrypted values that rules read. Secrets whose values alone are encrypted are not reported.',
  fix: 'check the file where it is decrypted',
};

const INCOMPLETE: InputRule = {
  id: 'input-incomplete',
  code: 'PGTLS-Y05',
  severity: Severity.WARNING,
  title: 'part of an object',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [],
  text: 'A patch, or an object without apiVersion, kind or the half of its required fields. Check what `kustomize build` prints, in which the patch is applied.',
  fix: 'complete it, or check the output of kustomize build',
};

/** A key that occurs twice in a mapping. */
export const DUPLICATE_KEY: InputRule = {
  id: 'input-duplicate-key',
  code: 'PGTLS-Y06',
  severity: Severity.WARNING,
  title: 'key that occurs twice in a mapping',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [],
  text: 'kubectl applies the last value without a message, Kustomize and Flux refuse the file. The rules check the last value.',
  fix: 'remove one of them',
};

/** An acknowledgement whose date has passed. */
export const ACKNOWLEDGEMENT_EXPIRED: InputRule = {
  id: 'acknowledgement-expired',
  code: 'PGTLS-Y07',
  severity: Severity.WARNING,
  title: 'acknowledgement that has expired',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [],
  text: 'An acknowledgement is valid up to and including the day `until`, in UTC. Afterwards its warnings are reported again.',
  fix: 'resolve the warning, or decide again and set a later date',
};

/** All of them. */
export const INPUT_RULES: ReadonlyArray<InputRule> = [UNREADABLE, INVALID_YAML, NOT_RENDERED, ENCRYPTED, INCOMPLETE, DUPLICATE_KEY, ACKNOWLEDGEMENT_EXPIRED];

const BY_REASON: Readonly<Partial<Record<NotCheckedReason, InputRule>>> = {
  [NotCheckedReason.UNREADABLE]: UNREADABLE,
  [NotCheckedReason.TOO_LARGE]: UNREADABLE,
  [NotCheckedReason.INVALID_YAML]: INVALID_YAML,
  [NotCheckedReason.TEMPLATE]: NOT_RENDERED,
  [NotCheckedReason.PLACEHOLDERS]: NOT_RENDERED,
  [NotCheckedReason.ENCRYPTED]: ENCRYPTED,
  [NotCheckedReason.PATCH]: INCOMPLETE,
  [NotCheckedReason.FRAGMENT]: INCOMPLETE,
};

/** The rule that reports a part of the input that was not checked, for this reason. */
export function inputRuleOf(reason: NotCheckedReason): InputRule {
  return BY_REASON[reason] ?? UNREADABLE;
}
