import { byFile } from './positions';
import { openFindings } from './open-findings';
import type { Report } from './report';
import { checkedLine, findingsLine } from './summary';
import type { Finding } from '../rules';

/**
 * A report as commands of GitHub Actions, which shows findings beside the lines of a pull request.
 *
 * Source: GitHub, workflow commands; actions/toolkit, packages/core/src/command.ts, for the characters to escape.
 */
export function githubAnnotations(report: Report): string {
  const open = openFindings(report.findings);
  return `${[
    // A line that begins with two colons would be a command.
    message(checkedLine(report.checked)), ...[...byFile(open).values()].flat().map(annotation), message(findingsLine(report)),
  ].join('\n')}\n`;
}

function annotation({ severity, rule, location: { file, line, column }, problem, fix }: Finding): string {
  const properties = Object.entries({ file: file === '<stdin>' ? undefined : file, line, col: column, title: rule.id }).filter(([, value]) => value !== undefined);
  return `::${severity} ${properties.map(([name, value]) => `${name}=${property(String(value))}`).join(',')}::${message(`${problem}; ${fix}`)}`;
}

function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
