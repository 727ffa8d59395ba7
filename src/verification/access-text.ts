import type { AccessTableRow } from './access-table-row';
import { accessWords } from './access-words';
import { groupBy } from '../data';

/** The access table as text, for a terminal. */
export function accessText(rows: ReadonlyArray<AccessTableRow>): string {
  const sections = [...groupBy(rows, ({ server }) => server)].map(([server, own]) => `${server}\n${own.map(lines).join('')}`);
  return sections.length === 0 ? 'no PostgreSQL server is visible\n' : sections.join('\n');
}

function lines(row: AccessTableRow): string {
  const { who, what, access, how, from, until } = accessWords(row, { name: (name) => `'${oneLine(name)}'`, text: oneLine });
  const details = [['with', how], ['from', from], ['until', until]].filter(([, value]) => value !== '').map(([name, value]) => `      ${name}: ${value}\n`);
  return `  ${who}${what === '' ? '' : ` to ${what}`}: ${access}\n${details.join('')}`;
}

/** Text without control characters, which a terminal would obey. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
