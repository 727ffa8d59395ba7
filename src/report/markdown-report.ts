import { openFindings } from './open-findings';
import { byFile, targetText } from './positions';
import { isFailed, type Report } from './report';
import { checkedLine, findingsLine } from './summary';
import type { Finding } from '../rules';

/** GitHub refuses comments of more than 65536 characters, GitLab those of a million. */
const MAX_LENGTH = 60_000;

/** A report in Markdown, for a comment on a pull request. */
export function markdownReport(report: Report): string {
  const open = openFindings(report.findings);
  const head = `### cdk8s-postgres-tls: ${isFailed(report) ? 'failed' : 'passed'}\n\n${inline(checkedLine(report.checked))}; **${findingsLine(report)}**.\n`;
  const sections = [...byFile(open)].map(([file, findings]) => `\n#### ${code(file)}\n\n| line | severity | rule | problem | fix |\n|---|---|---|---|---|\n${findings.map(row).join('')}`);
  let text = head;
  let shown = 0;
  for (const section of sections) {
    if (text.length + section.length > MAX_LENGTH) { break; }
    text += section;
    shown++;
  }
  return shown === sections.length ? text : `${text}\n${sections.length - shown} more files with findings are not shown here.\n`;
}

function row({ location: { line }, severity, rule, problem, fix, target }: Finding): string {
  const about = target === undefined ? '' : `${inline(targetText(target))}: `;
  return `| ${line ?? ''} | ${severity} | \`${rule.id}\` | ${about}${inline(problem)} | ${inline(fix)} |\n`;
}

/** Text without markup, on one line of a table. Mentions and references to issues are texts as well. */
function inline(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~&@]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\s+/g, ' ');
}

/** In code font, also with backticks. */
function code(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  const fence = '`'.repeat(Math.max(0, ...(plain.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  return plain.includes('`') ? `${fence} ${plain} ${fence}` : `${fence}${plain}${fence}`;
}
