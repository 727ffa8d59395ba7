import { INPUT_RULES } from '../../src/verification';
import { ACKNOWLEDGEMENT_RULES, RULE_TABLES } from '../../src/rules';
import { findingsOfExample } from '../support/rule-example';
import { findingsIn } from '../support/findings';
import { constructsIn } from '../support/construct-words';
import { ruleTexts } from '../../tools/rule-pages';
import { rulePages } from '../../tools/rules';

// Findings about YAML are read by people who have no constructs.
const RULES = [...RULE_TABLES.flatMap(({ rules }) => rules), ...ACKNOWLEDGEMENT_RULES, ...INPUT_RULES];

test.each(RULES)('$id: the fix in YAML names no construct', ({ fix, fixInYaml = fix }) => {
  expect(constructsIn(fixInYaml)).toEqual([]);
});

test.each(RULES.filter(({ fixInYaml }) => fixInYaml !== undefined))('$id: the fix in YAML is another one than that with constructs', ({ fix, fixInYaml }) => {
  expect(fixInYaml).not.toBe(fix);
});

/** Its problem quotes the consent that the caller has written. */
const QUOTES = 'consent-unused';

test.each(ruleTexts().filter(({ id, wrong }) => wrong.language === 'yaml' && id !== QUOTES))('$id: no finding in its example names a construct', ({ wrong, applied }) => {
  const findings = findingsOfExample(wrong, applied);
  expect(findings).not.toEqual([]);
  for (const { message } of findings) { expect(constructsIn(message)).toEqual([]); }
});

test('the words that are searched for are found', () => {
  expect(constructsIn('set Validation.of(app).configure({ trustNamespace }) or Names.toDnsLabel(scope)')).toEqual(['Validation', 'app', 'Names', 'scope']);
  expect(constructsIn('in a CertificateAuthority, with ServerNames.only of a Postgres, CaRotation or ChangeConsent.caReplaced()')).toEqual(['CertificateAuthority', 'ServerNames', 'Postgres', 'CaRotation', 'ChangeConsent']);
  expect(constructsIn('a Certificate of PostgreSQL by a ClusterIssuer, in a StatefulSet and a Secret')).toEqual([]);
});

const SERVICE = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'Orders_DB', namespace: 'shop' }, spec: {} };

test('the fix names constructs for constructs, and fields for YAML', () => {
  const ofConstruct = findingsOfExample({ language: 'ts', body: "new ApiObject(chart, 'x', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'Orders_DB' } });" });
  expect(ofConstruct.map(({ fix }) => constructsIn(fix))).toEqual([['Chart', 'construct', 'Names', 'scope']]);
  const [finding] = findingsIn([SERVICE]);
  expect(finding!.fix).toBe('set metadata.name and metadata.namespace to names that the API server accepts');
  expect(finding!.message).toBe(`${finding!.problem}; ${finding!.fix}`);
});

test('a consent is an option for YAML', () => {
  const { wrong, applied } = ruleTexts().find(({ id }) => id === 'ca-secret-changed')!;
  expect(findingsOfExample(wrong, applied).map(({ fix }) => fix)).toEqual([
    expect.stringMatching(/^keep secretName; .*; to make the change anyway, add caReplaced\('demo', 'root', reason\) to the option consents$/),
  ]);
});

test('pages show both fixes', () => {
  const pages = rulePages();
  expect(pages.get('bundle-source-namespace.md')).toMatch(/\nFix, with constructs: .*Validation\.of\(app\).*\n\nFix, in YAML: .*trustNamespace of cdk8s-postgres-tls\.yaml/);
  expect(pages.get('duration-invalid.md')).toMatch(/\nFix: use hours/);
});

test('names of the same object are counted together', () => {
  const certificate = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'db', namespace: 'shop' }, spec: { secretName: 'db', dnsNames: ['a..b', 'c..d', 'e..f'], issuerRef: { name: 'ca' } } };
  expect(findingsIn([certificate]).map(({ problem }) => problem)).toEqual([expect.stringMatching(/, and so are 2 more names of the same object$/)]);
  expect(findingsIn([SERVICE, SERVICE, SERVICE].map((service) => ({ ...service, metadata: { name: 'db', namespace: 'shop' } }))).map(({ problem }) => problem))
    .toEqual([expect.stringMatching(/ is declared twice, .*, and so is one more object of the same name$/)]);
});
