import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, REPOSITORY } from './repository';
import { RULES, sourcesOf } from './rule-list';
import { ruleTexts, themes } from './rule-pages';
import { stricterPage } from './stricter-page';
import { type RuleFacts, Severity } from '../src/rules';

/** The folder of the pages. */
export const RULE_PAGES = 'docs/rules';

const START = '<!-- rules: made by `npm run rules` -->\n';
const END = '\n<!-- end of rules -->';
/** Written by hand. */
const OTHER_PAGES = ['README.md', 'samples.md', 'precision.md'];
/** Written from the cases of a live suite. */
export const STRICTER_PAGE = 'stricter-than-webhook.md';

/** A page with its table of rules as the rules are now. */
export function withRuleTable(page: string): string {
  const start = page.indexOf(START) + START.length;
  const end = page.indexOf(END);
  if (start < START.length || end < start) { throw new Error('the page has no place for the table of rules'); }
  return page.slice(0, start) + ruleTable() + page.slice(end);
}

function ruleTable(): string {
  const texts = ruleTexts();
  const ofTheme = (theme: string) => {
    const codes = new Set(texts.filter((text) => text.theme === theme).map(({ code }) => code));
    return RULES.filter(({ code }) => codes.has(code));
  };
  const sections = [...themes()].map(([theme, about]) => ({ about, rules: ofTheme(theme) })).sort((one, other) => (one.about < other.about ? -1 : 1));
  const row = ({ id, code, severity = Severity.ERROR, title, consequence }: RuleFacts) => `| [${id}](${id}.md) | ${code} | ${severity} | ${title} | ${consequence} |`;
  return `\n${RULES.length} rules.\n\n${sections.map(({ about, rules }) => [
    about.trim().replace(/^#/gm, '###'), '', '| rule | code | severity | condition | consequence |', '|---|---|---|---|---|', ...rules.map(row), '',
  ].join('\n')).join('\n')}`;
}

/** The page of every rule, by its file in docs/rules. */
export function rulePages(): Map<string, string> {
  const texts = new Map(ruleTexts().map((text) => [text.code, text]));
  const tests = Object.entries(filesBelow(join(REPOSITORY, 'test'))).filter(([file]) => file.endsWith('.test.ts'));
  return new Map(RULES.map((rule) => {
    const { id, code, title, severity = 'error', consequence, fix, fixInYaml } = rule;
    const further = tests.filter(([, text]) => text.includes(code)).map(([file]) => `test/${file}`).sort();
    return [`${id}.md`, [
      `<!-- Written by tools/rules.ts from the rule and its text in src/${texts.get(code)!.theme} (npm run rules); not to be edited. -->`,
      `# ${title}`,
      '',
      `\`${id}\` (${code}) · ${severity} · ${consequence}`,
      '',
      texts.get(code)!.text.trim(),
      '',
      ...fixInYaml === undefined ? [`Fix: ${fix}.`] : [`Fix, with constructs: ${fix}.`, '', `Fix, in YAML: ${fixInYaml}.`],
      '',
      `Source: ${sourcesOf(rule)}.`,
      ...(further.length === 0 ? [] : ['', `Further cases: ${further.join(', ')}.`]),
      '',
    ].join('\n')];
  }));
}

/** The text of `src/rules/generated/rule-codes.ts`. */
export function ruleCodes(): string {
  const rows = [...RULES].sort((a, b) => a.code.localeCompare(b.code)).map(({ code, severity = 'error', id }) => `  '${code}': ['${severity}', '${id}'],`);
  return [
    '// Written by tools/rules.ts from the rules (npm run rules); not to be edited.',
    '',
    '/** Severity and id of every rule, by its code. */',
    'export const RULE_CODES = {',
    ...rows,
    "} as const satisfies Record<string, readonly ['error' | 'warning', string]>;",
    '',
    '/** The code of a rule. */',
    'export type RuleCode = keyof typeof RULE_CODES;',
    '',
  ].join('\n');
}

/** The files of docs/rules that are written. */
export function writtenPages(): string[] {
  return Object.keys(filesBelow(join(REPOSITORY, RULE_PAGES))).filter((file) => ![...OTHER_PAGES, STRICTER_PAGE].includes(file));
}

if (require.main === module) {
  writeFileSync(join(REPOSITORY, 'src/rules/generated/rule-codes.ts'), ruleCodes());
  const folder = join(REPOSITORY, RULE_PAGES);
  for (const file of writtenPages()) { rmSync(join(folder, file)); }
  for (const [file, text] of rulePages()) { writeFileSync(join(folder, file), text); }
  writeFileSync(join(folder, STRICTER_PAGE), stricterPage());
  writeFileSync(join(folder, 'README.md'), withRuleTable(readFileSync(join(folder, 'README.md'), 'utf8')));
}
