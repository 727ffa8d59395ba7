import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, REPOSITORY } from './repository';
import { RULES, sourcesOf } from './rule-list';
import { ruleSections } from './rule-pages';

const START = '<!-- rules: made by `npm run rules` -->\n';
const END = '\n<!-- end of rules -->';

/** A page with its table of rules as the rules are now. */
export function withRuleTable(page: string): string {
  const start = page.indexOf(START) + START.length;
  const end = page.indexOf(END);
  if (start < START.length || end < start) { throw new Error('the page has no place for the table of rules'); }
  return page.slice(0, start) + ruleTable() + page.slice(end);
}

function ruleTable(): string {
  const pages = new Map(ruleSections().map(({ code, file, title }) => [code, `[${file}](${file}#${anchor(`${code}: ${title}`)})`]));
  const tests = Object.entries(filesBelow(join(REPOSITORY, 'test'))).filter(([file]) => file.endsWith('.test.ts'));
  const rows = [...RULES].sort((a, b) => a.code.localeCompare(b.code)).map((rule) => {
    const { code, title, severity = 'error', consequence } = rule;
    const further = tests.filter(([, text]) => text.includes(code)).map(([file]) => file.replace(/^.*\//, '').replace('.test.ts', ''));
    return `| ${code} | ${severity} | ${title} | ${consequence} | ${sourcesOf(rule)} | ${[pages.get(code), ...[...new Set(further)].sort()].join(', ')} |`;
  });
  const table = ['| code | severity | condition | consequence | source | examples, and tests with further cases |', '|---|---|---|---|---|---|', ...rows];
  return `\n${rows.length} rules.\n\n${table.map((row) => row.replace(/\n/g, ' ')).join('\n')}\n`;
}

/** The text of `src/rules/generated/rule-codes.ts`. */
export function ruleCodes(): string {
  const pages = new Map(ruleSections().map(({ code, file }) => [code, file]));
  const rows = [...RULES].sort((a, b) => a.code.localeCompare(b.code)).map(({ code, severity = 'error' }) => `  '${code}': ['${severity}', '${pages.get(code) ?? 'README.md'}'],`);
  return [
    '// Written by tools/rules.ts from the rules and their pages (npm run rules); not to be edited.',
    '',
    '/** Severity of every rule, and the page of docs/rules/ that explains it. */',
    'export const RULE_CODES = {',
    ...rows,
    "} as const satisfies Record<string, readonly ['error' | 'warning', string]>;",
    '',
    '/** The code of a rule. */',
    'export type RuleCode = keyof typeof RULE_CODES;',
    '',
  ].join('\n');
}

/** As GitHub makes them. */
function anchor(heading: string): string {
  return heading.toLowerCase().replace(/[^\w\- ]/g, '').replace(/ /g, '-');
}

if (require.main === module) {
  const page = join(REPOSITORY, 'docs/rules/README.md');
  writeFileSync(page, withRuleTable(readFileSync(page, 'utf8')));
  writeFileSync(join(REPOSITORY, 'src/rules/generated/rule-codes.ts'), ruleCodes());
}
