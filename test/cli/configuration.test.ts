import { readConfiguration } from '../../src/cli';

const read = (text: string) => readConfiguration({ path: '/x/cdk8s-postgres-tls.yaml', text, isPackage: false }, 'c.yaml');
const faults = (text: string) => {
  try {
    return JSON.stringify(read(text));
  } catch (error) {
    return (error as Error).message;
  }
};

test('every key', () => {
  const { certManagerVersion, ...others } = read(`
paths: [apps, '-']
ignore: ['**/charts/**']
include: [all]
exclude: [PGTLS-B20, leaf-outlives-ca]
severities: { PGTLS-D01: warning, leaf-outlives-ca: error }
acknowledgements:
  - rule: self-signed-leaf
    reason: replaced in January
    file: apps/*.yaml
    target: Certificate/shop/*
    path: x
    until: 2027-01-31
baseline: baseline.json
together: true
warningsAsErrors: true
certManagerVersion: 1.20
clusterResourceNamespace: networking
trustNamespace: trust
`);
  expect(others).toEqual({
    paths: ['apps', '-'], ignore: ['**/charts/**'], include: ['all'], exclude: ['PGTLS-B20', 'leaf-outlives-ca'],
    severities: { 'PGTLS-D01': 'warning', 'leaf-outlives-ca': 'error' },
    acknowledgements: [{ code: 'self-signed-leaf', reason: 'replaced in January', file: 'apps/*.yaml', target: 'Certificate/shop/*', path: 'x', until: '2027-01-31' }],
    baseline: 'baseline.json', together: true, warningsAsErrors: true, clusterResourceNamespace: 'networking', trustNamespace: 'trust',
  });
  // Not 1.2.
  expect(certManagerVersion!.toString()).toBe('1.20');
});

test.each([
  ['', '{}'],
  ['# nothing\n', '{}'],
  ['exlude: []', "[c.yaml:1] unknown key 'exlude'; did you mean 'exclude'?"],
  ['\n\nsomething: 1', "[c.yaml:3] unknown key 'something'; use one of paths, ignore, include, exclude, severities, acknowledgements, baseline, together, warningsAsErrors, certManagerVersion, clusterResourceNamespace, trustNamespace"],
  ['constructor: 1', "[c.yaml:1] unknown key 'constructor'"],
  ['acknowledgements:\n  - rule: PGTLS-B20\n    reason: x\n    untill: 2027-01-01', "[c.yaml:4] unknown key 'acknowledgements[0].untill'; did you mean 'until'?"],
  ['acknowledgements:\n  - rule: PGTLS-B20', '[c.yaml:2] acknowledgements[0] has no reason; write why the warning is accepted'],
  ['acknowledgements:\n  - reason: x', '[c.yaml:2] acknowledgements[0] has no rule; write the id or code of a rule'],
  ['acknowledgements: [x]', '[c.yaml:1] acknowledgements[0] is not a mapping; write keys and values'],
  ['acknowledgements:\n  - { rule: PGTLS-B20, reason: x, until: 2027-02-30 }', "[c.yaml:2] acknowledgements[0].until is '2027-02-30'; write a date as 2027-01-31"],
  ['exclude:\n  - PGTLS-B20\n  - b20', "[c.yaml:3] exclude[1]: no rule and no preset has the name 'b20'; did you mean 'PGTLS-B20'?"],
  ['exclude: PGTLS-B20', '[c.yaml:1] exclude is not a list; write a list'],
  ['severities: { PGTLS-B20: off }', "[c.yaml:1] severities.PGTLS-B20 is 'off'; use error or warning, or exclude the rule"],
  ['severities: { leaf-outlive-ca: error }', "did you mean 'leaf-outlives-ca'?"],
  ['warningsAsErrors: yes', "[c.yaml:1] warningsAsErrors is 'yes'; use true or false"],
  ['certManagerVersion: 2', "[c.yaml:1] certManagerVersion is '2'; write major and minor, for example 1.21"],
  ['trustNamespace:', '[c.yaml:1] trustNamespace is empty; write a text'],
  ['paths: [a, [b]]', '[c.yaml:1] paths[1] is not a text; write a text'],
  ['[a]', '[c.yaml:1] the configuration is not a mapping; write keys and values'],
  ['paths: [a', '[c.yaml:1] '],
  ['a: 1\nexlude: []', "[c.yaml:1] unknown key 'a'; did you mean 'acknowledgements'?\n[c.yaml:2] unknown key 'exlude'; did you mean 'exclude'?"],
])('%j', (text, message) => {
  expect(faults(text)).toContain(message);
});
