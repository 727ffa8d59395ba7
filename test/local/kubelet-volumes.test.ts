import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyFsGroup, AtomicVolume, createClaim, createEmptyDir, currentGeneration, projectSource, type Payload, type VolumeOwner } from './kubelet-volumes';

const asRoot = process.getuid?.() === 0 ? test : test.skip;
const OWN: VolumeOwner = { ownership: 'own' };
const KUBELET: VolumeOwner = { ownership: 'kubelet', fsGroup: 4242 };

let directory: string;
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'v')); });
afterEach(() => rmSync(directory, { recursive: true }));

function payload(files: Record<string, string>, mode = 0o440): Payload {
  return new Map(Object.entries(files).map(([path, content]) => [path, { content, mode }]));
}

function permissions(path: string): { uid: number; gid: number; mode: string } {
  const { uid, gid, mode } = statSync(path);
  return { uid, gid, mode: (mode & 0o7777).toString(8) };
}

test('files are seen through the link that a swap moves', () => {
  const path = join(directory, 'tls');
  const volume = new AtomicVolume(path, OWN);
  volume.write(payload({ 'tls.key': 'old', 'tls.crt': 'old', 'sub/a': 'old' }));
  const first = currentGeneration(path);
  expect(first).toMatch(/^\.\.\d{4}(_\d\d){5}\./);
  expect(readlinkSync(join(path, 'tls.key'))).toBe('..data/tls.key');
  expect(readlinkSync(join(path, 'sub'))).toBe('..data/sub');

  volume.write(payload({ 'tls.key': 'new', 'ca.crt': 'new', 'sub/a': 'new' }));
  expect(currentGeneration(path)).not.toBe(first);
  expect(readFileSync(join(path, 'tls.key'), 'utf8')).toBe('new');
  expect(readFileSync(join(path, 'sub/a'), 'utf8')).toBe('new');
  expect(readdirSync(path).sort()).toEqual([currentGeneration(path), '..data', 'ca.crt', 'sub', 'tls.key'].sort());
});

test('what has not changed stays', () => {
  const path = join(directory, 'tls');
  const volume = new AtomicVolume(path, OWN);
  volume.write(payload({ 'tls.key': 'same', 'sub/a': 'same' }));
  const first = currentGeneration(path);
  volume.write(payload({ 'tls.key': 'same', 'sub/a': 'same' }));
  expect(currentGeneration(path)).toBe(first);
});

test.each([[0o440, '400'], [0o400, '400'], [0o600, '600'], [0o640, '600'], [0o644, '644'], [0o660, '660']])(
  'own files of mode %o get a mode that PostgreSQL treats alike: %s', (mode, expected) => {
    new AtomicVolume(join(directory, 'tls'), OWN).write(payload({ 'tls.key': '' }, mode));
    expect(permissions(join(directory, 'tls/tls.key')).mode).toBe(expected);
  },
);

asRoot.each([[0o400, '440'], [0o440, '440'], [0o600, '640'], [0o644, '644']])('the fsGroup may read files of mode %o, which become %s', (mode, expected) => {
  const path = join(directory, 'tls');
  new AtomicVolume(path, KUBELET).write(payload({ 'tls.key': '' }, mode));
  expect(permissions(join(path, 'tls.key'))).toEqual({ uid: 0, gid: 4242, mode: expected });
  expect(permissions(join(path, currentGeneration(path)))).toEqual({ uid: 0, gid: 4242, mode: '2755' });
  expect(lstatSync(join(path, '..data')).isSymbolicLink()).toBe(true);
});

asRoot('without fsGroup the files stay as root wrote them', () => {
  new AtomicVolume(join(directory, 'tls'), { ownership: 'kubelet' }).write(payload({ 'tls.key': '' }, 0o400));
  expect(permissions(join(directory, 'tls/tls.key'))).toEqual({ uid: 0, gid: 0, mode: '400' });
});

asRoot('own files can be given to the run user', () => {
  new AtomicVolume(join(directory, 'tls'), { ...OWN, user: { uid: 4343, gid: 4242 } }).write(payload({ 'tls.key': '' }));
  expect(permissions(join(directory, 'tls/tls.key'))).toEqual({ uid: 4343, gid: 4242, mode: '400' });
});

asRoot('directories to write in belong to root and open to the fsGroup', () => {
  createEmptyDir(join(directory, 'run'), KUBELET);
  createClaim(join(directory, 'data'), KUBELET);
  expect(permissions(join(directory, 'run'))).toEqual({ uid: 0, gid: 4242, mode: '2777' });
  expect(permissions(join(directory, 'data'))).toEqual({ uid: 0, gid: 4242, mode: '2775' });
});

asRoot('the walk over a claim opens every directory to the group, unless only a mismatch calls for it', () => {
  const claim = join(directory, 'data');
  createClaim(claim, KUBELET);
  mkdirSync(join(claim, 'pgdata'), { mode: 0o700 });
  writeFileSync(join(claim, 'pgdata/PG_VERSION'), '18', { mode: 0o600 });
  applyFsGroup(claim, KUBELET, 'OnRootMismatch');
  expect(permissions(join(claim, 'pgdata')).mode).toBe('2700');
  applyFsGroup(claim, KUBELET);
  expect(permissions(join(claim, 'pgdata')).mode).toBe('2770');
  expect(permissions(join(claim, 'pgdata/PG_VERSION')).mode).toBe('660');
});

test('items choose keys, paths and modes', () => {
  const data = { 'ca.crt': 'ca', 'tls.key': 'key' };
  expect([...projectSource('Secret', data, {})]).toEqual([
    ['ca.crt', { content: 'ca', mode: 0o644 }], ['tls.key', { content: 'key', mode: 0o644 }],
  ]);
  expect([...projectSource('Secret', data, { defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'root.crt' }] })])
    .toEqual([['root.crt', { content: 'ca', mode: 0o440 }]]);
  expect([...projectSource('Secret', data, { items: [{ key: 'ca.crt', path: 'a', mode: 0o444 }] })][0]![1].mode).toBe(0o444);
});

test('what is missing is an error unless it is optional', () => {
  const items = [{ key: 'ca.crt', path: 'ca.crt' }];
  expect(() => projectSource("Secret 'x'", undefined, {})).toThrow("Secret 'x' does not exist");
  expect(() => projectSource("Secret 'x'", {}, { items })).toThrow("Secret 'x' has no key 'ca.crt'");
  expect(projectSource("Secret 'x'", undefined, { optional: true }).size).toBe(0);
  expect(projectSource("Secret 'x'", {}, { items, optional: true }).size).toBe(0);
});
