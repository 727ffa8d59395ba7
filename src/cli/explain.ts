import { UsageError } from './usage-error';
import type { ReportTool } from '../report';
import { INPUT_RULES, ruleHint, ruleNamed } from '../verification';

/** The page of a rule. */
export function explain(name: string, { pageText }: ReportTool): string {
  const rule = ruleNamed(name);
  if (rule === undefined) { throw new UsageError(`no rule has the name '${name}'; ${ruleHint(name)}`); }
  const input = INPUT_RULES.find(({ code }) => code === rule.code);
  if (input !== undefined) {
    return `# ${input.title}\n\n\`${input.id}\` (${input.code}) · ${input.severity}\n\n${input.text}\n\nFix: ${input.fix}.\n`;
  }
  const page = pageText(rule.page);
  if (page === undefined) { throw new UsageError(`the page ${rule.page} of ${rule.id} is not in the package; install it anew`); }
  return page;
}
