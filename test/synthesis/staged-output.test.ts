import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { FleetApp, FleetAppProps } from '../../src';
import { filesIn } from './support/outputs';

let outdir: string;
beforeEach(() => { outdir = mkdtempSync(join(tmpdir(), 'staged-')); });
afterEach(() => { rmSync(outdir, { recursive: true, force: true }); });

const { FOLDER_PER_CHART_FILE_PER_RESOURCE } = YamlOutputType;

/** Writes charts with an object each; of one chart the object cannot be rendered. */
function write(ids: string[], props: FleetAppProps = {}, failing?: string): void {
  const app = new FleetApp({ outdir, ...props });
  for (const id of ids) {
    new ApiObject(new Chart(app, id), 'object', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: id },
      data: { resolve: () => { if (id === failing) { throw new Error(`${id} fails`); } return { id }; } },
    });
  }
  app.synth();
}

/** A directory as it is, empty folders included. */
const everything = () => ({ files: filesIn(outdir), paths: readdirSync(outdir, { recursive: true, encoding: 'utf8' }).sort() });

test.each(['a', 'b', 'c'])('after an error in chart %s, the output is as before', (failing) => {
  write(['a', 'b']);
  const before = everything();
  expect(() => { write(['a', 'b', 'c'], {}, failing); }).toThrow(`Failed serializing construct at path '${failing}/object'`);
  expect(everything()).toEqual(before);
});

test('after an error, a directory that did not exist does not exist', () => {
  const parent = join(outdir, 'new');
  expect(() => { write(['a'], { outdir: join(parent, 'deeper') }, 'a'); }).toThrow('a fails');
  expect(existsSync(parent)).toBe(false);
  write(['a'], { outdir: join(parent, 'deeper') });
  expect(Object.keys(filesIn(parent))).toEqual(['deeper/a.k8s.yaml']);
});

test('a file that cannot be replaced: those before it are put back', () => {
  write(['a', 'c']);
  writeFileSync(join(outdir, 'a.k8s.yaml'), 'old');
  mkdirSync(join(outdir, 'b.k8s.yaml'));
  const before = everything();
  expect(() => { write(['a', 'b', 'c'], { removeStaleFiles: true }); }).toThrow(`${join(outdir, 'b.k8s.yaml')} is a directory`);
  expect(everything()).toEqual(before);
});

test('the same with a file in the place of a folder', () => {
  writeFileSync(join(outdir, 'b'), 'mine');
  const before = everything();
  expect(() => { write(['a', 'b'], { yamlOutputType: FOLDER_PER_CHART_FILE_PER_RESOURCE }); }).toThrow();
  expect(everything()).toEqual(before);
});

test('a validation that fails writes nothing, not even the directory', () => {
  const app = new FleetApp({ outdir: join(outdir, 'none') });
  new Chart(app, 'chart').node.addValidation({ validate: () => ['wrong'] });
  expect(() => { app.synth(); }).toThrow('[chart] wrong');
  expect(readdirSync(outdir)).toEqual([]);
});

test.each<[string, FleetAppProps, string[]]>([
  ['are kept', {}, ['README.md', 'a.k8s.yaml', 'b.k8s.yaml', 'foreign.yaml', 'notes/b.txt']],
  ['are removed on request', { removeStaleFiles: true }, ['README.md', 'a.k8s.yaml', 'foreign.yaml', 'notes/b.txt']],
])('files of charts that the app no longer has %s', (_, props, expected) => {
  write(['a', 'b']);
  for (const [file, text] of [['README.md', ''], ['foreign.yaml', ''], ['notes/b.txt', '']] as const) {
    mkdirSync(join(outdir, file, '..'), { recursive: true });
    writeFileSync(join(outdir, file), text);
  }
  write(['a'], props);
  expect(Object.keys(filesIn(outdir))).toEqual(expected);
});

test('folders of charts that the app no longer has are removed with their files, others stay', () => {
  const props = { yamlOutputType: FOLDER_PER_CHART_FILE_PER_RESOURCE, removeStaleFiles: true };
  write(['a', 'b', 'c'], props);
  writeFileSync(join(outdir, 'c/notes.txt'), 'mine');
  mkdirSync(join(outdir, '.git/refs'), { recursive: true });
  writeFileSync(join(outdir, '.git/x.k8s.yaml'), 'hidden');
  write(['a'], props);
  expect(everything().paths).toEqual(['.git', '.git/refs', '.git/x.k8s.yaml', 'a', 'a/ConfigMap.a.k8s.yaml', 'c', 'c/notes.txt']);
});

test('a file in another extension is not stale', () => {
  write(['a'], { outputFileExtension: '.yml' });
  write(['b'], { removeStaleFiles: true });
  expect(Object.keys(filesIn(outdir))).toEqual(['a.yml', 'b.k8s.yaml']);
});

test('a new file has the permissions of any new file', () => {
  write(['a']);
  new App({ outdir: join(outdir, 'stock') }).synth();
  writeFileSync(join(outdir, 'plain'), '');
  expect(statSync(join(outdir, 'a.k8s.yaml')).mode).toBe(statSync(join(outdir, 'plain')).mode);
});
