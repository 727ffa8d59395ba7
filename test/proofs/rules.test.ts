import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import { stringify } from 'yaml';
import * as api from '../../src';
import { chartIn } from '../support/tree';
import { codesIn } from '../support/proofs';
import { RULES } from '../support/rules';
import { type Example, manifestsOf, ruleSections } from '../support/rule-docs';

const sections = ruleSections();

test('every rule has a code of its own and a section under its title', () => {
  const codes = RULES.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  const titles = (rules: ReadonlyArray<{ code: string; title: string }>) => rules.map(({ code, title }) => `${code}: ${title}`).sort();
  expect(titles(sections)).toEqual(titles(RULES));
});

describe.each(sections)('$code: $title', ({ code, wrong, right, inForce }) => {
  test('the wrong example breaks exactly this rule', () => { expect(codesOf(wrong, inForce)).toEqual([code]); });
  test('the right example breaks none', () => { expect(codesOf(right, inForce)).toEqual([]); });
});

// Examples show fields of every release.
const OPTIONS = { certManagerVersion: api.CertManagerVersion.V1_21 };

function codesOf(example: Example, inForce?: Example): string[] {
  const committed = inForce && api.CommittedManifests.fromTexts({ 'committed.yaml': manifestsOf(inForce).map((manifest) => stringify(manifest)).join('---\n') });
  return example.language === 'yaml' ? codesIn(manifestsOf(example), { ...OPTIONS, committed }) : codesOfProps(example.body);
}

/** What is found where a database has the properties of a TypeScript example. */
function codesOfProps(body: string): string[] {
  const chart = chartIn();
  const issuer = new api.Issuer(chart, 'issuer', { source: api.IssuerSource.ca(api.Certificate.fromSecretName(chart, 'ca', 'ca')) });
  const scope = { ...plus, ...cdk8s, ...api, chart, issuer };
  const props = new Function(...Object.keys(scope), `return (${body});`)(...Object.values(scope)) as Partial<api.PostgresProps>;
  const storage = api.PostgresStorage.durable({ size: cdk8s.Size.gibibytes(1) });
  new api.Postgres(chart, 'db', { version: api.PostgresVersion.V18, storage, ...props });
  return [...new Set(api.Findings.of(chart).map(({ code }) => code))];
}
