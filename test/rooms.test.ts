import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { REPOSITORY } from './support/repository';

const SRC = join(REPOSITORY, 'src');
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** The files of src/ that a file imports, types included: a type that needs its user cannot be read alone either. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(/from '(\.[^']*)'/g)].flatMap(([, path]) => {
    const target = relative(SRC, join(SRC, dirname(file), path!));
    return [`${target}.ts`, `${target}/index.ts`].filter((candidate) => FILES.includes(candidate));
  });
}

/** The first circle of imports that is met from a file, or nothing. */
function circleFrom(file: string, above: readonly string[], done: Set<string>): string[] {
  if (above.includes(file)) { return [...above.slice(above.indexOf(file)), file]; }
  if (done.has(file)) { return []; }
  for (const next of importsOf(file)) {
    const circle = circleFrom(next, [...above, file], done);
    if (circle.length > 0) { return circle; }
  }
  done.add(file);
  return [];
}

test('no files of src/ import each other in a circle', () => {
  const done = new Set<string>();
  expect(FILES.flatMap((file) => circleFrom(file, [], done)).join(' → ')).toBe('');
});

test('every room of src/ has an index, and CONTRIBUTING.md lists it', () => {
  const rooms = FILES.filter((file) => /^[^/]+\/index\.ts$/.test(file)).map((file) => dirname(file));
  const folders = [...new Set(FILES.filter((file) => file.includes('/')).map((file) => file.split('/')[0]!))];
  expect(rooms.sort()).toEqual(folders.sort());
  const guide = readFileSync(join(REPOSITORY, 'CONTRIBUTING.md'), 'utf8');
  expect(rooms.filter((room) => !guide.includes(`\`${room}\``))).toEqual([]);
});

test('no folder or file of src/ is called private', () => {
  expect(FILES.filter((file) => file.split(/[/.]/).includes('private'))).toEqual([]);
});

/** `a/{b,c}.ts` as `a/b.ts` and `a/c.ts`. */
function alternatives(path: string): string[] {
  const [, before, list, after] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? [];
  return list === undefined ? [path] : list.split(',').map((part) => `${before}${part}${after}`);
}

test('every path that CONTRIBUTING.md names exists', () => {
  const guide = readFileSync(join(REPOSITORY, 'CONTRIBUTING.md'), 'utf8');
  const paths = [...guide.matchAll(/`([\w.{},/-]+(?:\/|\}|\.ts))`/g)].flatMap(([, path]) => alternatives(path!));
  expect(paths.length).toBeGreaterThan(40);
  // In the tables a path of src/ may be shortened to its end.
  const isInSrc = (path: string) => existsSync(join(SRC, path)) || FILES.some((file) => `/${file}`.includes(`/${path}`));
  expect(paths.filter((path) => !path.includes('NAME') && !isInSrc(path) && !existsSync(join(REPOSITORY, path)))).toEqual([]);
});
