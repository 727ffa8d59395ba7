import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Manifests, ManifestValidationOptions, Severity } from '../../src';
import { RULE_TABLES } from '../../src/rules';
import { allRules, INPUT_RULES, isInPreset, ruleNamed } from '../../src/verification';
import { REPOSITORY } from '../support/repository';

const certificate = (name: string, spec: object, namespace = 'shop') => ({
  apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name, namespace },
  spec: { secretName: name, dnsNames: [`${name}.shop.svc`], issuerRef: { name: 'ca', kind: 'Issuer' }, ...spec },
});
/** D01 is an error, B20 a warning. */
const WRONG = certificate('wrong', { duration: '90d' });
const ODD = certificate('odd', { dnsNames: ['a_b.shop.svc'] });

function found(manifests: readonly object[], options: ManifestValidationOptions = {}): string[] {
  return Manifests.fromYaml({ 'apps/a.yaml': manifests.map((one) => stringify(one)).join('---\n') }).validate(options)
    .map(({ rule: { code }, severity, acknowledged }) => `${code} ${severity}${acknowledged === undefined ? '' : ` (${acknowledged})`}`);
}

test('without a selection every rule is evaluated', () => {
  expect(found([WRONG, ODD])).toEqual(['PGTLS-D01 error', 'PGTLS-B20 warning']);
});

describe('rules', () => {
  const d01 = ruleNamed('PGTLS-D01')!.id;

  test.each([
    [{ include: ['PGTLS-D01'] }, ['PGTLS-D01 error']],
    [{ include: [d01] }, ['PGTLS-D01 error']],
    [{ include: ['certificates'], exclude: [d01] }, ['PGTLS-B20 warning']],
    [{ include: ['all'] }, ['PGTLS-D01 error', 'PGTLS-B20 warning']],
    [{ include: ['postgresql'] }, []],
    [{ exclude: ['certificates'] }, []],
    [{ include: [] }, []],
    [{ severities: { [d01]: Severity.WARNING } }, ['PGTLS-D01 warning', 'PGTLS-B20 warning']],
    [{ severities: { 'PGTLS-B20': Severity.ERROR } }, ['PGTLS-D01 error', 'PGTLS-B20 error']],
  ] satisfies Array<[ManifestValidationOptions, string[]]>)('%j', (options, codes) => {
    expect(found([WRONG, ODD], options)).toEqual(codes);
  });

  test.each([
    [{ include: ['PGTLS-Z99'] }, "Manifests: include: no rule and no preset has the name 'PGTLS-Z99'; use an id or a code in docs/rules/README.md"],
    [{ exclude: ['d01'] }, "Manifests: exclude: no rule and no preset has the name 'd01'; did you mean 'PGTLS-D01'?"],
    [{ exclude: ['certificate'] }, "did you mean 'certificates'?"],
    [{ exclude: [`${d01}s`] }, `did you mean '${d01}'?`],
    [{ severities: { 'PGTLS-D1': Severity.ERROR } }, "Manifests: severities: no rule and no preset has the name 'PGTLS-D1'"],
  ] satisfies Array<[ManifestValidationOptions, string]>)('%j is refused', (options, message) => {
    expect(() => found([WRONG], options)).toThrow(message);
  });
});

describe('presets', () => {
  const ALWAYS = ['acknowledgements', 'changes', 'gitops', 'objects'];
  const CERTIFICATES = ['acme', 'approval', 'cas', 'issuers', 'keys', 'lifetimes', 'names', 'references', 'settings', 'structure', 'trust', 'vault', 'venafi'];
  const POSTGRESQL = ['clients', 'instances', 'mounts', 'network', 'operators', 'pods', 'quotas', 'selectors', 'servers'];
  const themes = readdirSync(join(REPOSITORY, 'src/rules'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'engine' && entry.name !== 'generated').map(({ name }) => name);
  const themeOf = new Map(themes.flatMap((theme) => readdirSync(join(REPOSITORY, 'src/rules', theme)).map((file) => [file.replace(/\.ts$/, ''), theme])));

  test('every theme is in one', () => {
    expect(themes.filter((theme) => ![...ALWAYS, ...CERTIFICATES, ...POSTGRESQL].includes(theme))).toEqual([]);
  });

  const rules = RULE_TABLES.flatMap((table) => table.rules);
  test('every rule over manifests is in the presets of its theme', () => {
    const wrong = rules.filter(({ id, code }) => {
      const theme = themeOf.get(id)!;
      return isInPreset('certificates', code) !== [...ALWAYS, ...CERTIFICATES].includes(theme) || isInPreset('postgresql', code) !== [...ALWAYS, ...POSTGRESQL].includes(theme);
    });
    expect(wrong.map(({ id }) => `${themeOf.get(id)!}/${id}`)).toEqual([]);
    expect(rules.every(({ code }) => isInPreset('all', code))).toBe(true);
  });
});

test('rules about the input have names of their own', () => {
  const names = allRules().flatMap(({ id, code }) => [id, code]);
  expect(new Set(names).size).toBe(names.length);
  expect(INPUT_RULES.map(({ code }) => ruleNamed(code)?.page)).toEqual(INPUT_RULES.map(() => 'docs/prove.md'));
});

describe('an acknowledgement', () => {
  const reason = 'on purpose';
  const others = [certificate('odd', { dnsNames: ['a_b.shop.svc'] }, 'blog')];

  test.each([
    ['by id', {}, 2],
    ['of a file', { file: 'apps/a.yaml' }, 2],
    ['of files', { file: 'apps/*' }, 2],
    ['of files in any folder', { file: '**/*.yaml' }, 2],
    ['of other files', { file: 'other/**' }, 0],
    ['of an object', { target: 'Certificate/shop/odd' }, 1],
    ['of objects', { target: 'Certificate/shop/*' }, 1],
    ['of objects in any namespace', { target: 'Certificate/odd' }, 2],
    ['of other objects', { target: 'Issuer/shop/odd' }, 0],
    ['of both', { file: 'apps/*', target: 'Certificate/blog/*' }, 1],
  ])('%s covers what matches all of its limits', (_, limits, count) => {
    const options = { acknowledgements: [{ code: ruleNamed('PGTLS-B20')!.id, reason, ...limits }] };
    const covered = found([ODD, ...others], options).filter((line) => line.endsWith(`(${reason})`));
    expect(covered).toHaveLength(count);
    expect(found([ODD, ...others], options).includes('PGTLS-A19 warning')).toBe(count === 0);
  });

  test('with a date in the future counts, up to and including its day', () => {
    expect(found([ODD], { acknowledgements: [{ code: 'PGTLS-B20', reason, until: '9999-12-31' }] })).toEqual([`PGTLS-B20 warning (${reason})`]);
    const today = new Date().toISOString().slice(0, 10);
    expect(found([ODD], { acknowledgements: [{ code: 'PGTLS-B20', reason, until: today }] })).toEqual([`PGTLS-B20 warning (${reason})`]);
  });

  test('that has expired is a finding, and its warning is one again', () => {
    const findings = Manifests.fromYaml({ 'a.yaml': stringify(ODD) }).validate({ acknowledgements: [{ code: 'PGTLS-B20', reason, until: '2020-02-29' }] });
    expect(findings.map(({ rule: { id }, acknowledged }) => [id, acknowledged])).toEqual([['dns-name-not-portable', undefined], ['acknowledgement-expired', undefined]]);
    expect(findings[1]!.problem).toBe('the acknowledgement of PGTLS-B20 (on purpose) expired after 2020-02-29');
  });

  test.each(['2026-02-30', '2026-1-1', 'tomorrow', '', '2026-01-01T00:00:00Z'])("with date '%s' is refused", (until) => {
    expect(() => found([ODD], { acknowledgements: [{ code: 'PGTLS-B20', reason, until }] })).toThrow(`Manifests: acknowledgements[0]: until '${until}' is not a date; write it as 2027-01-31`);
  });

  test('of an error is refused, unless the options make it a warning; and the other way round', () => {
    const acknowledgements = [{ code: 'PGTLS-D01', reason }];
    expect(() => found([WRONG], { acknowledgements })).toThrow('PGTLS-D01 is an error, only warnings can be acknowledged');
    expect(found([WRONG], { acknowledgements, severities: { [ruleNamed('PGTLS-D01')!.id]: Severity.WARNING } })).toEqual([`PGTLS-D01 warning (${reason})`]);
    expect(() => found([ODD], { acknowledgements: [{ code: 'PGTLS-B20', reason }], severities: { 'PGTLS-B20': Severity.ERROR } }))
      .toThrow('Manifests: acknowledgements[0]: severities makes PGTLS-B20 an error, only warnings can be acknowledged; remove one of both');
    expect(() => found([ODD], { acknowledgements: [{ code: 'PGTLS-B20', reason: ' ' }] })).toThrow('reason of the acknowledgement of PGTLS-B20 is empty');
  });
});
