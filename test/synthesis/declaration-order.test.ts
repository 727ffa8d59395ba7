import { App, Chart, Size } from 'cdk8s';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FleetApp, CertificateAuthority, Postgres, PostgresScripts, PostgresStorage, PostgresVersion } from '../../src';
import { filesBelow } from '../support/repository';
import { type Manifest } from '../support/tree';
import { manifestsOf, nameOf, type Reordering, withReversedKeys } from './support/reordered';

// docs/operations.md, GitOps: what the order of a program has no effect on.

const reversed = <Item>(list: Item[]): Item[] => [...list].reverse();
const texts = (order: Reordering = {}): string[] => manifestsOf(order).map((manifest) => JSON.stringify(manifest));
const byName = (manifests: Manifest[]): Record<string, Manifest> => Object.fromEntries(manifests.map((manifest) => [nameOf(manifest), manifest]));

test('a second synthesis is the same', () => {
  expect(texts()).toEqual(texts());
});

test('the reorderings have an effect on what is given', () => {
  expect(Object.keys(withReversedKeys({ a: 1, b: { c: 1, d: 2 } }))).toEqual(['b', 'a']);
  const calls: unknown[] = [];
  manifestsOf({ calls: (given) => { calls.push(...given); return given; } });
  expect(calls).toHaveLength(6);
});

test('the order of the keys of an object has no effect, byte for byte', () => {
  expect(texts({ keys: withReversedKeys })).toEqual(texts());
});

test('the order of addDatabase, addRole and addClient changes no object; certificates of clients stand in the order of the calls', () => {
  const [inOrder, inReverse] = [manifestsOf(), manifestsOf({ calls: reversed })];
  expect(byName(inReverse)).toEqual(byName(inOrder));
  const isOfClient = (name: string) => /^Certificate\/db-client-(orders|app)/.test(name);
  const names = (manifests: Manifest[]) => manifests.map(nameOf);
  expect(names(inReverse).filter((name) => !isOfClient(name))).toEqual(names(inOrder).filter((name) => !isOfClient(name)));
  expect(names(inReverse).filter(isOfClient)).toEqual(reversed(names(inOrder).filter(isOfClient)));
});

test('names on certificates are sets; other lists are written as they are given', () => {
  const [inOrder, inReverse] = [byName(manifestsOf()), byName(manifestsOf({ lists: reversed }))];
  const changed = Object.keys(inOrder).filter((name) => JSON.stringify(inOrder[name]) !== JSON.stringify(inReverse[name]));
  expect(changed).toEqual(['ConfigMap/db-config', 'NetworkPolicy/db']);
});

describe('a fleet', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'fleet-')); });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  type Kind = typeof App | typeof FleetApp;

  /** The files of a fleet: a chart for what is shared, one for each database. */
  function filesOf(kind: Kind, names: string[], more: (db: Postgres) => void = () => {}): Record<string, string> {
    const outdir = mkdtempSync(join(folder, 'out-'));
    const app = new kind({ outdir });
    const shared = new Chart(app, 'shared', { namespace: 'demo' });
    const { issuer } = new CertificateAuthority(shared, 'ca');
    const scripts = new PostgresScripts(shared, 'scripts');
    for (const name of names) {
      const chart = new Chart(app, name, { namespace: 'demo' });
      more(new Postgres(chart, name, { version: PostgresVersion.V18, tls: { issuer }, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), scripts }));
    }
    app.synth();
    return filesBelow(outdir);
  }

  const changed = (before: Record<string, string>, after: Record<string, string>): string[] =>
    [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((file) => before[file] !== after[file]).sort();

  describe.each<[string, Kind]>([['App', App], ['FleetApp', FleetApp]])('%s', (_, kind) => {
    const before = () => filesOf(kind, ['one', 'two', 'three']);

    test('the order of the charts has no effect', () => {
      expect(filesOf(kind, ['three', 'two', 'one'])).toEqual(before());
    });

    test.each([['at the end', ['one', 'two', 'three', 'four']], ['at the front', ['four', 'one', 'two', 'three']]])('a database that is added %s touches its own file alone', (__, names) => {
      expect(changed(before(), filesOf(kind, names))).toEqual(['four.k8s.yaml']);
    });

    test('a database that is removed touches its own file alone', () => {
      expect(changed(before(), filesOf(kind, ['one', 'three']))).toEqual(['two.k8s.yaml']);
    });

    test('a client that is added touches the file of its database alone', () => {
      const after = filesOf(kind, ['one', 'two', 'three'], (db) => { if (db.name === 'two') { db.addClient('orders'); } });
      expect(changed(before(), after)).toEqual(['two.k8s.yaml']);
    });
  });
});
