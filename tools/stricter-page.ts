import { RULES } from './rule-list';
import { Consequence, RULE_TABLES_BY_SUBJECT, Severity } from '../src/rules';
// The cases of the suite are the source of the page.
// eslint-disable-next-line no-restricted-imports
import { EXCUSES, STRICTER } from '../test/cert-manager-live/cases';
// eslint-disable-next-line no-restricted-imports
import { CONSEQUENCES } from '../test/cert-manager-live/support/consequences';

/** Errors about manifests that the API server and cert-manager's webhook accept, with the reason why they are errors nevertheless, from the cases of the suite `cert-manager`. */
export function stricterPage(): string {
  const rules = new Map(RULES.map((rule) => [rule.code, rule]));
  const linked = (code: string) => `[${rules.get(code)!.id}](${rules.get(code)!.id}.md) | ${code}`;
  const ofCertificates = [...new Set(RULE_TABLES_BY_SUBJECT.certificates.flatMap((table) => table.rules))];
  const late = ofCertificates.filter(({ severity = Severity.ERROR, consequence }) => severity === Severity.ERROR && consequence !== Consequence.REJECTED_ON_APPLY);
  const seen = new Map(CONSEQUENCES.map((one) => [one.code, one.seen]));
  const reason = (code: string) => seen.get(code) ?? `not shown on an API server: ${EXCUSES[code] ?? 'no case'}`;
  return [
    '<!-- Written by tools/rules.ts from the cases in test/cert-manager-live (npm run rules); not to be edited. -->',
    '# Errors in what the webhook accepts',
    '',
    "What cert-manager's webhook rejects is an error here: the suite `cert-manager` compares both on random objects. The reverse does not hold. This page has every error about",
    'objects of cert-manager, trust-manager and approver-policy that the API server and the webhook accept.',
    '',
    '## Rejected by other releases of the webhook, or by the controller',
    '',
    'Only findings whose message contains the text of the second column.',
    '',
    '| rule | code | message | reason |',
    '|---|---|---|---|',
    ...STRICTER.map(({ code, fault, reason: why }) => `| ${linked(code)} | \`${fault.source}\` | ${why} |`),
    '',
    '## Accepted, and without effect or wrong later',
    '',
    'What was seen on an API server with cert-manager, where that suite can show it.',
    '',
    '| rule | code | consequence | seen |',
    '|---|---|---|---|',
    ...late.map(({ code, consequence }) => `| ${linked(code)} | ${consequence} | ${reason(code)} |`),
    '',
  ].join('\n');
}
