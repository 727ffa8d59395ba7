import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifests } from '../../src';
import { REPOSITORY } from '../support/repository';

const FOLDER = join(__dirname, 'samples');
const found = (sample: string) => Manifests.fromFiles([join(FOLDER, sample)]).validate();
const codes = (sample: string) => [...new Set(found(sample).map(({ rule: { code } }) => code))];

/** The rows of the table in docs/rules/samples.md: sample and codes. */
const documented = [...readFileSync(join(REPOSITORY, 'docs/rules/samples.md'), 'utf8').matchAll(/^\| `([\w.-]+)`[^|]*\| ([^|]*) \|/gm)]
  .map(([, sample, list]) => [sample!, list === 'none' ? [] : list!.split(', ')] as const);

test('every sample has a row in docs/rules/samples.md', () => {
  expect(documented.map(([sample]) => sample).sort()).toEqual(readdirSync(FOLDER).sort());
});

test.each(documented)('%s: %p', (sample, expected) => {
  expect(codes(sample)).toEqual(expected);
});

test('the 90-day trap of a published sample is found at each of its leaves, with the subtraction that is missing', () => {
  const trap = found('cloudnative-pg.yaml').filter(({ rule: { code } }) => code === 'PGTLS-D08');
  expect(trap.map(({ location: { path } }) => /Certificate '([\w-]+)'/.exec(path)![1])).toEqual(['pg-server', 'pg-replica']);
  expect(trap[0]!.message).toContain("lifetime 2160h0m0s is longer than the renewBefore of its issuing CA Certificate 'servers-ca', 720h0m0s, and the renewed CA has a new key");
});

test('samples with faults have errors, not warnings only', () => {
  const errors = documented.filter(([sample]) => found(sample).some(({ severity }) => severity === 'error')).map(([sample]) => sample).sort();
  expect(errors).toEqual([
    'cert-manager-ca-bootstrap.yaml', 'cloudnative-pg.yaml', 'operations-repository.yaml', 'plain-statefulset.yaml', 'tembo.yaml', 'zalando.yaml',
  ]);
});
