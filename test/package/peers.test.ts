import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demandPeers, Peer, PEERS } from '../../src/peers';
import { REPOSITORY } from '../support/repository';

const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');

/** The message for packages of the given releases; a package that is left out has its oldest one. */
function messageFor(releases: Partial<Record<Peer, string | (() => never)>>): string {
  try {
    demandPeers((peer) => {
      const release = releases[peer] ?? PEERS[peer];
      return typeof release === 'string' ? { version: release } : release();
    });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const failing = (code: string) => (): never => { throw Object.assign(new Error(code), { code }); };

test('are those of package.json, which are asked for before anything else is loaded', () => {
  const { peerDependencies } = JSON.parse(read('package.json')) as { peerDependencies: Record<string, string> };
  expect(Object.fromEntries(Object.entries(PEERS).map(([peer, oldest]) => [peer, `^${oldest}`]))).toEqual(peerDependencies);
  expect(read('src/index.ts')).toMatch(/^import '\.\/peers';\n/);
});

test('that are missing are named, with the command that installs them', () => {
  expect(messageFor({ 'cdk8s-plus-27': failing('MODULE_NOT_FOUND') })).toBe('cdk8s-postgres-tls: the package cdk8s-plus-27 is not installed; '
    + 'run: npm install cdk8s@^2.68.12 cdk8s-plus-27@^2.9.5 constructs@^10.3.0');
  expect(messageFor({ 'cdk8s': failing('MODULE_NOT_FOUND'), 'constructs': failing('MODULE_NOT_FOUND') })).toContain('the package cdk8s is not installed, the package constructs is not installed; run');
});

test.each([['2.68.11'], ['2.9.99'], ['1.99.0'], ['3.0.0']])('cdk8s %s does not do', (release) => {
  expect(messageFor({ cdk8s: release })).toBe(`cdk8s-postgres-tls: cdk8s is ${release}, which is not 2.68.12 or a later release of the same major; `
    + 'run: npm install cdk8s@^2.68.12 cdk8s-plus-27@^2.9.5 constructs@^10.3.0');
});

test.each([['2.68.12'], ['2.68.13'], ['2.69.0'], ['2.100.0'], ['2.70.0-pre.1'], ['0.0.0']])('cdk8s %s does', (release) => {
  expect(messageFor({ cdk8s: release })).toBe('');
});

test('whose manifest is hidden are taken as they are', () => {
  expect(messageFor({ constructs: failing('ERR_PACKAGE_PATH_NOT_EXPORTED') })).toBe('');
});
