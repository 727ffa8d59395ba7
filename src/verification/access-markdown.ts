import type { AccessTableRow } from './access-table-row';
import { accessWords } from './access-words';
import { groupBy } from '../data';

/** The access table as Markdown. */
export function accessMarkdown(rows: ReadonlyArray<AccessTableRow>): string {
  const sections = [...groupBy(rows, ({ server }) => server)].map(([server, own]) => [
    `### ${plain(server)}`, '', '| who | to what | access | how | from where | until when |', '|---|---|---|---|---|---|', ...own.map(line),
  ].join('\n'));
  return sections.length === 0 ? 'No PostgreSQL server is visible.\n' : `${sections.join('\n\n')}\n`;
}

function line(row: AccessTableRow): string {
  const { who, what, access, how, from, until } = accessWords(row, { name: code, text: plain });
  return `| ${[who, what, access, how, from, until].join(' | ')} |`;
}

/** Text on one line of a table, without markup. An underscore inside a word is none. */
function plain(text: string): string {
  return text.replace(/[\\`*[\]<>|~#&]|\b_|_\b/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\s+/g, ' ');
}

/** A name in code font. A bar would end the cell there as well. */
function code(name: string): string {
  return /[`|]|\s/.test(name) || name === '' ? `<code>${plain(name)}</code>` : `\`${name}\``;
}
