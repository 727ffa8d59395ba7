import { parseFieldPath } from '../../src/kubernetes';

test.each([
  ['', []],
  ['spec', ['spec']],
  ['spec.dnsNames[0]', ['spec', 'dnsNames', 0]],
  ['spec.acme.solvers[1].dns01', ['spec', 'acme', 'solvers', 1, 'dns01']],
  ["data['pg_hba.conf']", ['data', 'pg_hba.conf']],
  ['data["pg_hba.conf"]', ['data', 'pg_hba.conf']],
  ["metadata.annotations['cert-manager.io/issuer-name']", ['metadata', 'annotations', 'cert-manager.io/issuer-name']],
  ["data['it''s'].x", ['data', "it's", 'x']],
  ['data["name ""x"""]', ['data', 'name "x"']],
  ["[2]['a b'][0]", [2, 'a b', 0]],
  ['spec.template.spec.containers[10].command[2]', ['spec', 'template', 'spec', 'containers', 10, 'command', 2]],
])('%s', (path, steps) => {
  expect(parseFieldPath(path)).toEqual(steps);
});

test.each([
  ['spec.rules[*].host', ['spec', 'rules']],
  ['spec.dnsNames[', ['spec', 'dnsNames']],
  ["data['open", ['data']],
  ['spec..name', ['spec']],
])('%s leads to the part that is known', (path, steps) => {
  expect(parseFieldPath(path)).toEqual(steps);
});
