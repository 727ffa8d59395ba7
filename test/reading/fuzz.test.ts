import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTexts } from '../../src/reading';
import { REPOSITORY } from '../support/repository';
import { printedSeed } from '../support/seed';

// FUZZ_DOCUMENTS=20000 SEED=1 npx jest --selectProjects pure test/reading/fuzz
const COUNT = Number(process.env['FUZZ_DOCUMENTS'] ?? 1000);

/** Texts that other programs print, and those that people write. */
const ORIGINALS = [
  ...readdirSync(join(REPOSITORY, 'dist')).flatMap((file) => readFileSync(join(REPOSITORY, 'dist', file), 'utf8').split(/^---\n/m)).map((text) => text.slice(0, 3000)),
  ...readdirSync(join(REPOSITORY, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'))
    .flatMap((file) => [...readFileSync(join(REPOSITORY, 'docs', file), 'utf8').matchAll(/^```yaml\n(.*?)^```/gms)].map(([, block]) => block!)).slice(0, 100),
  '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":{"a":"YQ=="}}]}\n',
  'apiVersion: v1\nkind: A\nmetadata: &m { name: a }\nspec: { <<: *m, b: "${C:=1}", d: >-\n    text\n  }\n',
  'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: a\nresources: [a.yaml, ../b]\npatches: [{ path: c.yaml }]\n',
];

const PIECES = ['\n', '\n---\n', ': ', '- ', '  ', '\t', '"', "'", '{', '}', '[', ']', '{{ .Values.a }}', '${A:=b}', '${', '$(A)', '&a ', '*a', '!!binary ', '!t ', '|\n', '>-\n', '<<: *a', '? ', '#', '\u2028', '\ufeff', '\0', 'é', '😀',
  '\ud800', '%YAML 1.1\n', '...\n', 'sops: {}\n', 'ENC[AES256_GCM,data:a]', '__proto__: 1\n', 'constructor: {}\n', 'kind: List\n', 'items: [[]]\n', '.inf', '0o7', '-', 'null', '\r', '\\', ','];

/** A generator of numbers below a limit, by a seed (mulberry32). */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

function mutated(text: string, random: (limit: number) => number): string {
  let result = text;
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(result.length + 1);
    const until = Math.min(result.length, at + random(40));
    const change = random(5);
    const inner = change === 0 ? '' : change === 1 ? PIECES[random(PIECES.length)]! : change === 2 ? result.slice(at, until).repeat(2) : change === 3 ? ORIGINALS[random(ORIGINALS.length)]!.slice(0, 200)
      : String.fromCharCode(random(128));
    result = result.slice(0, at) + inner + result.slice(change === 1 || change === 3 ? at : until);
  }
  return result;
}

test(`${COUNT} mutated documents are read, or named as not checked`, () => {
  const random = randomNumbers(printedSeed());
  let isChecked = 0;
  for (let index = 0; index < COUNT; index++) {
    const texts = Array.from({ length: 1 + random(2) }, (_, file): [string, string] => [`${file === 0 ? 'kustomization' : 'a'}.yaml`, mutated(ORIGINALS[random(ORIGINALS.length)]!, random)]);
    try {
      const { manifests, notChecked, faults, files } = readTexts(texts);
      expect(files).toBe(texts.length);
      expect(manifests.length + notChecked.length).toBeGreaterThan(0);
      expect(new Set(notChecked.map(({ file, reason }) => `${file} ${reason}`)).size).toBe(notChecked.length);
      for (const { position, locate, content } of manifests.slice(0, 3)) {
        const field = Object.keys(content)[0]!;
        for (const { line, column } of [position, locate(['spec', 'dnsNames', 0]), locate([field, 'name'])]) { expect(line > 0 && column > 0).toBe(true); }
      }
      expect(faults.every(({ position }) => position.line > 0)).toBe(true);
      isChecked += manifests.length;
    } catch (error) {
      throw new Error(`document ${index}: ${JSON.stringify(texts)}`, { cause: error });
    }
  }
  expect(isChecked).toBeGreaterThan(COUNT / 10);
}, 600_000);
