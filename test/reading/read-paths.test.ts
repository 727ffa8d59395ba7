import { execFileSync } from 'node:child_process';
import { closeSync, linkSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotCheckedReason as Reason, readPaths, STDIN } from '../../src/reading';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'reading-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const manifest = (name: string) => `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: "${name}" }\n`;
const write = (path: string, content: string | Buffer) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
};

/** Names of the objects of paths in the folder. */
const read = (...paths: string[]) => readPaths(paths.map((path) => (path === '-' ? path : join(folder, path))));
const names = (...paths: string[]) => read(...paths).manifests.map(({ content }) => (content['metadata'] as { readonly name: string }).name);
const problems = (...paths: string[]) => read(...paths).notChecked.map(({ file, reason, problem }) => [file.replace(`${folder}/`, ''), reason, problem]);

describe('folders', () => {
  test('all YAML and JSON in them, by name', () => {
    for (const path of ['b.yaml', 'a.yml', 'sub/deep/c.json', 'sub/d.YAML', 'e.txt', 'node_modules/f.yaml', '.git/g.yaml', '.hidden/h.yaml']) { write(path, manifest(path.split('/').at(-1)!.charAt(0))); }
    expect(names('')).toEqual(['h', 'a', 'b', 'd', 'c']);
  });

  test('each file is read once, also where several paths lead to it', () => {
    write('a.yaml', manifest('a'));
    symlinkSync('a.yaml', join(folder, 'link.yaml'));
    expect(names('', 'a.yaml', '.', 'a.yaml')).toEqual(['a']);
    linkSync(join(folder, 'a.yaml'), join(folder, 'hard.yaml'));
    expect(names('')).toEqual(['a', 'a']);
  });

  test('links to folders are followed, and a loop ends', () => {
    write('real/a.yaml', manifest('a'));
    mkdirSync(join(folder, 'apps'));
    symlinkSync('../real', join(folder, 'apps/one'));
    symlinkSync('..', join(folder, 'real/up'));
    symlinkSync('nowhere', join(folder, 'apps/dead.yaml'));
    symlinkSync('self.yaml', join(folder, 'apps/self.yaml'));
    expect(names('apps')).toEqual(['a']);
    expect(problems('')).toEqual([]);
  });

  test('a file in the place of pipes and devices is not waited for', () => {
    write('a.yaml', manifest('a'));
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
    expect(names('')).toEqual(['a']);
  });

  test('a folder without right to read is named, and the others are read', () => {
    write('open/a.yaml', manifest('a'));
    write('shut/b.yaml', manifest('b'));
    write('c.yaml', manifest('c'));
    execFileSync('chmod', ['000', join(folder, 'shut'), join(folder, 'c.yaml')]);
    execFileSync('chmod', ['755', folder]);
    const user = process.geteuid?.();
    if (user === 0) { process.seteuid?.(65_534); }
    try {
      expect(names('')).toEqual(['a']);
      expect(problems('')).toEqual([['c.yaml', Reason.UNREADABLE, 'permission is denied'], ['shut', Reason.UNREADABLE, 'permission is denied']]);
    } finally {
      if (user === 0) { process.seteuid?.(0); }
      execFileSync('chmod', ['755', join(folder, 'shut')]);
    }
  });
});

describe('patterns', () => {
  beforeEach(() => { for (const path of ['a/x.yaml', 'a/b/y.yaml', 'a/b/z.json', 'a/b/n.txt', 'c/w.yaml', 'c/[v].yaml']) { write(path, manifest(/(\w)\W*\.\w+$/.exec(path)![1]!)); } });
  test.each<[string, string[]]>([
    ['a/*.yaml', ['x']], ['a/**/*.yaml', ['x', 'y']], ['**/*.yaml', ['x', 'v', 'w', 'y']], ['a/**', ['n', 'x', 'y', 'z']], ['a/b/*.{yaml,json}', ['y', 'z']], ['a/b/[x-y].yaml', ['y']], ['?/[!v]*.yaml', ['v', 'w', 'x']],
    ['{a,c}/[wx].yaml', ['w', 'x']], ['c/[v].yaml', ['v']], ['a/b/y.*', ['y']],
  ])('%s', (pattern, expected) => { expect([...names(pattern)].sort()).toEqual([...expected].sort()); });

  test('without a match is named', () => { expect(problems('*.none')).toEqual([['*.none', Reason.UNREADABLE, 'no file matches the pattern']]); });
  test('of no regular expression is harmless', () => { expect(problems('[z-a].yaml')).toHaveLength(1); });

  test('relative to the working folder', () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect(readPaths(['*/x.yaml', './a/b/*.json', 'c']).manifests.map(({ file }) => file)).toEqual(['a/x.yaml', './a/b/z.json', 'c/[v].yaml', 'c/w.yaml']);
    } finally {
      process.chdir(before);
    }
  });
});

describe('encodings', () => {
  test.each<[string, (text: string) => Buffer]>([
    ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`)], ['UTF-16 LE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')], ['UTF-16 BE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('%s', (_, encode) => {
    write('a.yaml', encode('apiVersion: v1\nkind: A\nmetadata: { name: é }\n'));
    expect(names('')).toEqual(['é']);
    expect(read('').manifests[0]!.locate(['metadata', 'name']).column).toBe(13);
  });

  test.each<[string, Buffer, Reason]>([
    ['Latin-1', Buffer.from('a: é', 'latin1'), Reason.BINARY], ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), Reason.BINARY], ['half UTF-16', Buffer.from([0xff, 0xfe, 0x61]), Reason.BINARY],
    ['git-crypt', Buffer.from('\0GITCRYPT\0\xff', 'latin1'), Reason.ENCRYPTED], ['nothing', Buffer.alloc(0), Reason.EMPTY],
    ['age', Buffer.concat([Buffer.from('age-encryption.org/v1\n-> X25519 a\nb\n--- c\n'), Buffer.from([0x89, 0xff, 0, 0xc3, 1])]), Reason.ENCRYPTED],
    ['a text about age', Buffer.from('age-encryption.org/: a site\n'), Reason.NO_MANIFEST],
  ])('%s', (_, bytes, reason) => {
    write('a.yaml', bytes);
    expect(read('a.yaml').notChecked).toEqual([expect.objectContaining({ reason })]);
  });
});

describe('what cannot be read is named', () => {
  test.each<[string, string]>([['none.yaml', 'it does not exist'], ['a.yaml/b.yaml', 'a part of the path is not a folder'], [`${'x'.repeat(300)}.yaml`, 'the path is too long'], ['loop', 'a symbolic link leads back to itself']])('%s', (path, problem) => {
    write('a.yaml', manifest('a'));
    symlinkSync('loop', join(folder, 'loop'));
    expect(problems(path)).toEqual([[path, Reason.UNREADABLE, problem]]);
  });

  test('a path with a null byte', () => { expect(readPaths(['a\0b']).notChecked).toEqual([expect.objectContaining({ file: 'a\\0b', reason: Reason.UNREADABLE, problem: 'the path has a null byte' })]); });
});

test('settings of other programs, with a syntax of their own, are counted if they were found in a folder', () => {
  write('mkdocs.yml', 'a: [\n');
  write('tsconfig.json', '{ // comment\n "a": {"b": 1 /* c */} }');
  write('broken.yaml', 'apiVersion: [\n');
  const findings = (...paths: string[]) => read(...paths).notChecked.filter(({ isFinding }) => isFinding).map(({ file }) => file.replace(`${folder}/`, ''));
  expect(findings('')).toEqual(['broken.yaml']);
  expect(findings('*')).toEqual(['broken.yaml']);
  expect(findings('mkdocs.yml')).toEqual(['mkdocs.yml']);
});

test('a part of an object is no finding if it was found under the name or in the folder of patches', () => {
  for (const path of ['base/webhook_patch.yaml', 'patches/a.yaml', 'base/a.yaml']) { write(path, 'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: a }\n'); }
  expect(read('').notChecked.map(({ reason, isFinding }) => [reason, isFinding])).toEqual([[Reason.PATCH, true], [Reason.PATCH, false], [Reason.PATCH, false]]);
  expect(read('patches/a.yaml').notChecked).toEqual([expect.objectContaining({ isFinding: true })]);
});

describe('sizes are bounded', () => {
  test('of a file', () => {
    write('big.yaml', `${manifest('a')}# ${'x'.repeat(2_000_000)}\n`);
    write('small.yaml', manifest('b'));
    const { manifests, notChecked } = readPaths([folder], { maxFileSize: 1024 * 1024 });
    expect(manifests).toHaveLength(1);
    expect(notChecked).toEqual([expect.objectContaining({ reason: Reason.TOO_LARGE, isFinding: true, problem: 'the file has more than 1 MiB' })]);
  });

  test('of all files', () => {
    for (const name of ['a', 'b', 'c']) { write(`${name}.yaml`, `${manifest(name)}# ${'x'.repeat(600_000)}\n`); }
    const { manifests, notChecked } = readPaths([folder], { maxTotalSize: 1024 * 1024 });
    expect(manifests).toHaveLength(1);
    expect(notChecked.map(({ problem }) => problem)).toEqual(Array(2).fill('the files have more than 1 MiB together'));
    // One finding, however many files are left out.
    expect(notChecked.map(({ isFinding }) => isFinding)).toEqual([true, false]);
  });

  test.each([['in flow style', '[{},{},{},{}]'], ['in JSON', '[{},\n  {},{}]'], ['in block style', '\n  - {}\n  - {}\n  - {}\n']])('of the values %s, however small their text is', (_, values) => {
    write('dense.yaml', `${manifest('a')}data: ${values}\n`);
    write('small.yaml', manifest('b'));
    const { manifests, notChecked } = readPaths([folder], { maxValues: 8 });
    expect(manifests).toHaveLength(1);
    expect(notChecked).toEqual([expect.objectContaining({ reason: Reason.TOO_LARGE, isFinding: true, problem: 'the file has more than 8 values' })]);
    expect(readPaths([folder], { maxValues: 20 }).manifests).toHaveLength(2);
  });

  test('of the values in all files', () => {
    for (const name of ['a', 'b', 'c']) { write(`${name}.yaml`, manifest(name)); }
    const { manifests, notChecked } = readPaths([folder], { maxValues: 7 });
    expect(manifests).toHaveLength(1);
    expect(notChecked.map(({ problem, isFinding }) => [problem, isFinding])).toEqual([['the files have more than 7 values together', true], ['the files have more than 7 values together', false]]);
  });

  test('of a device that does not end', () => {
    expect(readPaths(['/dev/zero'], { maxFileSize: 1024 * 1024 }).notChecked).toEqual([expect.objectContaining({ reason: Reason.TOO_LARGE })]);
  });
});

test('standard input, a file or a pipe', () => {
  write('in.yaml', manifest('a'));
  const stdin = openSync(join(folder, 'in.yaml'), 'r');
  const { manifests } = readPaths(['-', '-'], { stdin });
  closeSync(stdin);
  expect(manifests.map(({ position }) => position)).toEqual([{ file: STDIN, line: 1, column: 1 }]);
  expect(readPaths(['-'], { stdin: 9999 }).notChecked).toEqual([expect.objectContaining({ file: STDIN, reason: Reason.UNREADABLE })]);
});

test('a pipe with a name, as a shell gives for <(kustomize build)', () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  execFileSync('sh', ['-c', `(sleep 0.2; printf '%s' "$TEXT") > ${pipe} &`], { env: { ...process.env, TEXT: manifest('a') }, stdio: 'ignore' });
  expect(readPaths([pipe]).manifests).toHaveLength(1);
});
