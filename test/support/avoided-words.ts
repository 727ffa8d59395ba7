/** A word that the house style (CONTRIBUTING.md) replaces by a plain technical one. */
export interface AvoidedWord {
  readonly pattern: RegExp;
  /** A text with the word, which must be found. */
  readonly example: string;
}

/** In documents, and in all code. */
export const AVOIDED: readonly AvoidedWord[] = [
  { pattern: /\btold\b/i, example: 'a fault is told once' },
  { pattern: /\bsaid\b/i, example: 'a namespace is said twice' },
  { pattern: /\bshall\b/i, example: 'a key that shall stay' },
  { pattern: /\bmend(s|ed|ing)?\b/i, example: 'an app that was mended' },
  { pattern: /\bjudg\w+/i, example: 'const judged = manifests' },
  { pattern: /\bnobody\b(?![:`])/i, example: 'nobody trusts it' },
  { pattern: /\bwhoever\b/i, example: 'whoever signs' },
  { pattern: /\beverybody\b/i, example: 'everybody trusts it' },
  { pattern: /\bsomebody\b/i, example: 'somebody dropped it' },
  { pattern: /\banybody\b/i, example: 'before anybody connects' },
  { pattern: /\bfor ever\b/i, example: 'it waits for ever' },
  { pattern: /\bin force\b/i, example: 'readonly inForce?: Example' },
  { pattern: /\bwhat is no\b/i, example: 'what is no certificate' },
  { pattern: /\bthat (is|are) none\b/i, example: 'a key that is none' },
  { pattern: /\bverdicts?\b/i, example: 'type Verdict = string' },
  { pattern: /\bsurroundings\b/i, example: 'const SURROUNDINGS_RULES = []' },
];

/** In tests and tools. The other code has `authority` in names of the public API, of rules and of generated files. */
export const AVOIDED_IN_TESTS: readonly AvoidedWord[] = [
  ...AVOIDED,
  { pattern: /\bsound\b/i, example: 'const SOUND = documents' },
  { pattern: /\bwhatever\b/i, example: 'whatever the order' },
  { pattern: /\bproofs?\b/i, example: 'what the proofs find' },
  { pattern: /\b(proven|provable)\b/i, example: 'const proven = chart' },
  { pattern: /\brolled\b/i, example: 'a CA is rolled' },
  // X.509 has an authority key identifier, and authority information; the others are names of API and output.
  {
    pattern: /(?<!(certificate|server|client|scraper) )(?<!postgres tls\/)\bauthorit(y|ies)\b(?! (key|information)\b)/i,
    example: 'const authority = createAuthority()',
  },
];

/** The lines of a text with an avoided word. Names of identifiers are read as words: `inForce`, `SOUND_NAME`, `is-told`. */
export function avoidedLines(text: string, words: readonly AvoidedWord[]): string[] {
  return text.split('\n').filter((line) => words.some(({ pattern }) => pattern.test(asWords(line))));
}

function asWords(line: string): string {
  return line.replace(/([a-z0-9])(?=[A-Z])/g, '$1 ').replace(/[_-]/g, ' ');
}
