import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findingsOfExample } from '../support/rule-example';
import { filesBelow, REPOSITORY } from '../support/repository';
import { RULE_PAGES, ruleCodes, rulePages, STRICTER_PAGE, withRuleTable, writtenPages } from '../../tools/rules';
import { RULES } from '../../tools/rule-list';
import { type Example, ruleTexts } from '../../tools/rule-pages';
import { stricterPage } from '../../tools/stricter-page';

const texts = ruleTexts();

test.each(['id', 'code', 'title'] as const)('every rule has a %s of its own', (name) => {
  const values = RULES.map((rule) => rule[name]);
  expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([]);
});

test('every rule stands in a file of its name, with its text beside it', () => {
  const files = Object.keys(filesBelow(join(REPOSITORY, 'src')));
  for (const { id, theme } of texts) { expect(files).toContain(`${theme}/${id}.ts`); }
  const other = ['about', ...RULES.map(({ id }) => id)];
  expect(files.filter((file) => file.endsWith('.md') && !other.includes(basename(file, '.md')))).toEqual([]);
});

test('every page of a rule is up to date: `npm run rules`', () => {
  expect(writtenPages().sort()).toEqual([...rulePages().keys()].sort());
  for (const [file, text] of rulePages()) { expect(readFileSync(join(REPOSITORY, RULE_PAGES, file), 'utf8')).toBe(text); }
});

test('the table of rules is up to date: `npm run rules`', () => {
  const page = readFileSync(join(REPOSITORY, 'docs/rules/README.md'), 'utf8');
  expect(withRuleTable(page)).toBe(page);
});

test('the errors in what the webhook accepts are up to date, each with its reason: `npm run rules`', () => {
  expect(readFileSync(join(REPOSITORY, RULE_PAGES, STRICTER_PAGE), 'utf8')).toBe(stricterPage());
  expect(stricterPage()).not.toContain('no case');
});

test('no rule has a retired code', () => {
  const page = readFileSync(join(REPOSITORY, 'docs/rules/README.md'), 'utf8');
  const retired = [...page.slice(page.indexOf('## Retired codes')).matchAll(/PGTLS-[A-Z]\d+/g)].map(([code]) => code);
  expect(retired).toContain('PGTLS-P06');
  expect(RULES.filter(({ code }) => retired.includes(code))).toEqual([]);
});

test('the codes that the package knows are up to date: `npm run rules`', () => {
  expect(ruleCodes()).toBe(readFileSync(join(REPOSITORY, 'src/rules/generated/rule-codes.ts'), 'utf8'));
});

describe.each(texts)('$code: $title', ({ code, companions, wrong, right, applied }) => {
  test('the wrong example breaks exactly this rule', () => { expect(codesOf(wrong, applied).sort()).toEqual([code, ...companions].sort()); });
  test('the right example breaks none', () => { expect(codesOf(right, applied)).toEqual([]); });
});

/** The codes of what is found in an example, each once. */
function codesOf(example: Example, applied?: Example): string[] {
  return [...new Set(findingsOfExample(example, applied).map(({ rule: { code } }) => code))];
}
