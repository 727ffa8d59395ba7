import { byFile, positionText, targetText } from './positions';
import { openFindings } from './open-findings';
import type { Report } from './report';
import { checkedLine, findingsLine } from './summary';
import type { Finding } from '../rules';

/** Options of the text. */
export interface TextOptions {
  /** Whether to use the colours of terminals. */
  readonly color?: boolean;
}

type Style = 'bold' | 'dim' | 'red' | 'yellow';

const CODES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, yellow: 33 };

/** A report for people: how much was checked, the findings by file, and their numbers. */
export function textReport(report: Report, { color = false }: TextOptions = {}): string {
  const paint = (style: Style, text: string) => (color ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
  const open = openFindings(report.findings);
  const groups = [...byFile(open).values()].map((findings) => findings.map((finding) => findingText(finding, paint)).join('\n'));
  const gone = report.gone.map(({ rule, file, target, field, count }) => `  ${[file, rule, target, field].filter((part) => part !== '').join(' ')}${count === 1 ? '' : ` (${count})`}`);
  return `${[
    paint('bold', printable(checkedLine(report.checked))),
    ...groups,
    ...(gone.length === 0 ? [] : [`no longer found, remove from the baseline with --write-baseline:\n${printable(gone.join('\n'))}`]),
    paint('bold', findingsLine(report)),
  ].join('\n\n')}\n`;
}

function findingText(finding: Finding, paint: (style: Style, text: string) => string): string {
  const { severity, rule, problem, fix, target, field } = finding;
  const about = [...(target === undefined ? [] : [targetText(target)]), ...(field === undefined ? [] : [field])].join(', ');
  return [
    `${printable(positionText(finding))} ${paint(severity === 'error' ? 'red' : 'yellow', severity)} ${paint('bold', rule.id)} ${printable(problem)}`,
    ...(about === '' ? [] : [paint('dim', `    ${printable(about)}`)]),
    `    fix: ${printable(fix)}`,
  ].join('\n');
}

/** Without control characters: a file could otherwise move the cursor of the terminal, or forge lines. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`).replace(/\n(?! {2})/g, '\n      ');
}
