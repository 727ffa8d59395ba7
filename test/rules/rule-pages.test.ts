import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import { stringify } from 'yaml';
import * as api from '../../src';
import { chartOfExample } from '../support/rule-example';
import { codesIn } from '../support/findings';
import { REPOSITORY } from '../support/repository';
import { ruleCodes, withRuleTable } from '../../tools/rules';
import { RULES } from '../../tools/rule-list';
import { type Example, manifestsOf, ruleSections } from '../../tools/rule-pages';

const sections = ruleSections();

test('every rule has a code of its own and a section under its title', () => {
  const codes = RULES.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  const titles = (rules: ReadonlyArray<{ code: string; title: string }>) => rules.map(({ code, title }) => `${code}: ${title}`).sort();
  expect(titles(sections)).toEqual(titles(RULES));
});

test('the table of rules is up to date: `npm run rules`', () => {
  const page = readFileSync(join(REPOSITORY, 'docs/rules/README.md'), 'utf8');
  expect(withRuleTable(page)).toBe(page);
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

describe.each(sections)('$code: $title', ({ code, companions, wrong, right, currentlyApplied }) => {
  test('the wrong example breaks exactly this rule', () => { expect(codesOf(wrong, currentlyApplied).sort()).toEqual([code, ...companions].sort()); });
  test('the right example breaks none', () => { expect(codesOf(right, currentlyApplied)).toEqual([]); });
});

function codesOf(example: Example, currentlyApplied?: Example): string[] {
  const committed = currentlyApplied && api.CommittedManifests.fromTexts({ 'committed.yaml': manifestsOf(currentlyApplied).map((manifest) => stringify(manifest)).join('---\n') });
  return example.language === 'yaml' ? codesIn(manifestsOf(example), { certManagerVersion: floorOf(example), committed }) : codesOfProps(example.body);
}

/** Examples show fields of every release, unless a comment says for which cert-manager they are. */
function floorOf({ body }: Example): api.CertManagerVersion {
  return api.CertManagerVersion.of(body.match(/^# cert-manager (1\.\d+)$/m)?.[1] ?? '1.21');
}

/** What is found where a database has the properties of a TypeScript example, after its statements, or in the app that it makes. */
function codesOfProps(body: string): string[] {
  if (body.includes('const app = ')) {
    const scope = { ...plus, ...cdk8s, ...api };
    const app = new Function(...Object.keys(scope), `${body}\nreturn app;`)(...Object.values(scope));
    return [...new Set(api.Validation.of(app).findings().map(({ code }) => code))];
  }
  return [...new Set(api.Validation.of(chartOfExample(body)).findings().map(({ code }) => code))];
}
