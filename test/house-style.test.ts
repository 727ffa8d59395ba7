import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AVOIDED, AVOIDED_IN_TESTS, avoidedLines, type AvoidedWord } from './support/avoided-words';
import { filesBelow, REPOSITORY } from './support/repository';

const isCode = (file: string) => /\.(ts|mjs|sh)$/.test(file) && file !== 'support/avoided-words.ts';

/** `FILE: LINE` for every line of a folder with an avoided word, and the names of files that have one. */
function avoidedIn(folder: string, words: readonly AvoidedWord[]): string[] {
  return Object.entries(filesBelow(join(REPOSITORY, folder))).filter(([file]) => isCode(file))
    .flatMap(([file, text]) => [...avoidedLines(file, words), ...avoidedLines(text, words).map((line) => `${file}: ${line.trim()}`)]);
}

test.each(AVOIDED_IN_TESTS)('$pattern finds "$example"', ({ pattern, example }) => {
  expect(avoidedLines(`a line before\n${example}`, [{ pattern, example }])).toEqual([example]);
});

test.each(['CertificateAuthority', 'serverAuthorities', 'AuthorityKeyIdentifierExtension', '`nobody` with its UID', '/^nobody:/', 'a soundness test', 'unsaid'])('%s is not avoided', (text) => {
  expect(avoidedLines(text, AVOIDED_IN_TESTS)).toEqual([]);
});

test.each(['test', 'tools'])('%s/ uses none of the words that the house style avoids in tests and tools', (folder) => {
  expect(avoidedIn(folder, AVOIDED_IN_TESTS)).toEqual([]);
});

test.each(['src', 'examples'])('%s/ uses none of the words that the house style avoids', (folder) => {
  expect(avoidedIn(folder, AVOIDED)).toEqual([]);
});

test.each(['eslint.config.mjs', 'jest.config.js', '.ci/run'])('%s uses none of the words that the house style avoids', (file) => {
  expect(avoidedLines(readFileSync(join(REPOSITORY, file), 'utf8'), AVOIDED)).toEqual([]);
});
