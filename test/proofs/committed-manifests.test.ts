import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommittedManifests } from '../../src';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'committed-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
const names = (manifests: CommittedManifests) => manifests._objects.map(({ name }) => name);

test('a folder is read with all below it, and YAML alone', () => {
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'a.yaml'), configMap('a'));
  writeFileSync(join(folder, 'deep/b.k8s.yml'), `${configMap('b')}---\n${configMap('c')}`);
  writeFileSync(join(folder, 'notes.md'), 'kind: no');
  expect(names(CommittedManifests.fromFolder(folder))).toEqual(['a', 'b', 'c']);
});

test('a folder of nothing is a mistake', () => {
  expect(() => CommittedManifests.fromFolder(folder)).toThrow(`folder '${folder}' holds no manifest to compare with; say CommittedManifests.none() where nothing is in force yet`);
  expect(() => CommittedManifests.fromFolder(join(folder, 'gone'))).toThrow(`folder '${join(folder, 'gone')}' does not exist; give one that does, or CommittedManifests.none() where nothing is in force yet`);
  expect(() => CommittedManifests.fromTexts({})).toThrow('the committed texts holds no manifest');
  expect(names(CommittedManifests.none())).toEqual([]);
});

test('a revision is read as it was committed, whatever stands in the folder by now', () => {
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder, stdio: 'pipe' });
  const dist = join(folder, 'dist');
  mkdirSync(dist);
  git('init', '--initial-branch', 'main');
  writeFileSync(join(dist, 'ä b.yaml'), configMap('committed'));
  git('add', '.');
  git('commit', '--message', 'first');
  writeFileSync(join(dist, 'ä b.yaml'), configMap('synthesized'));
  expect(names(CommittedManifests.fromGit(dist))).toEqual(['committed']);
  expect(names(CommittedManifests.fromGit(dist, 'main'))).toEqual(['committed']);
  expect(names(CommittedManifests.fromFolder(dist))).toEqual(['synthesized']);
  expect(() => CommittedManifests.fromGit(dist, 'elsewhere')).toThrow(/elsewhere/);
});
