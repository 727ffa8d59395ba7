import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommittedManifests } from '../../src';
import { REPOSITORY } from '../support/repository';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'committed-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
const names = (manifests: CommittedManifests) => manifests._objects.map(({ name }) => name);

test('fromFolder reads all YAML files below the folder', () => {
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'a.yaml'), configMap('a'));
  writeFileSync(join(folder, 'deep/b.k8s.yml'), `${configMap('b')}---\n${configMap('c')}`);
  writeFileSync(join(folder, 'notes.md'), 'kind: no');
  expect(names(CommittedManifests.fromFolder(folder))).toEqual(['a', 'b', 'c']);
});

test('a folder without manifests is refused', () => {
  expect(() => CommittedManifests.fromFolder(folder)).toThrow(`no manifests found in folder '${folder}'; use CommittedManifests.none() if nothing has been deployed yet`);
  expect(() => CommittedManifests.fromFolder(join(folder, 'gone'))).toThrow(`folder '${join(folder, 'gone')}' does not exist; use an existing one, or CommittedManifests.none() if nothing has been deployed yet`);
  expect(() => CommittedManifests.fromTexts({})).toThrow('no manifests found in the committed texts');
  expect(names(CommittedManifests.none())).toEqual([]);
});

test('a revision is read as committed, also after a change of the folder', () => {
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

describe('unreadable input is an error with its cause', () => {
  const NOTHING = 'or CommittedManifests.none() if nothing has been deployed yet';

  test('a file instead of a folder, an empty path and an invalid path are refused', () => {
    writeFileSync(join(folder, 'a.yaml'), configMap('a'));
    expect(() => CommittedManifests.fromFolder(join(folder, 'a.yaml'))).toThrow(`folder '${join(folder, 'a.yaml')}' is a file; use a folder, ${NOTHING}`);
    expect(() => CommittedManifests.fromFolder('')).toThrow("folder '' does not exist");
    expect(() => CommittedManifests.fromFolder('a\0b')).toThrow(/folder '.*a\\0b' does not exist/);
  });

  test('a folder named like a YAML file is ignored, a dangling link is refused', () => {
    mkdirSync(join(folder, 'b.yaml'));
    writeFileSync(join(folder, 'a.yaml'), configMap('a'));
    expect(names(CommittedManifests.fromFolder(folder))).toEqual(['a']);
    symlinkSync('/nowhere', join(folder, 'c.yaml'));
    expect(() => CommittedManifests.fromFolder(folder)).toThrow(`[${join(folder, 'c.yaml')}] the file cannot be read (it does not exist); give the path of a YAML file, nothing was checked`);
  });

  test('a folder outside of git, a missing revision and an option of git are refused', () => {
    expect(() => CommittedManifests.fromGit(folder)).toThrow(`committed manifests: git cannot read folder '${folder}' at revision 'HEAD' (fatal: not a git repository`);
    for (const revision of ['nowhere', '', '--output=x', 'a\0b']) { expect(() => CommittedManifests.fromGit(__dirname, revision)).toThrow(`at revision '${revision}' (`); }
    expect(() => CommittedManifests.fromGit(folder)).toThrow(NOTHING);
  });

  test('a missing git program is refused', () => {
    const program = `require(${JSON.stringify(join(REPOSITORY, 'src'))}).CommittedManifests.fromGit('.')`;
    const run = () => execFileSync(process.execPath, ['--import', 'tsx', '--eval', program], { cwd: REPOSITORY, env: { ...process.env, PATH: '' }, stdio: 'pipe' });
    expect(run).toThrow('(the command git is not found)');
  });
});
