import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { markedBlock, REPOSITORY } from './repository';

/** A rule as docs/rules/ explains it. */
export interface RuleSection {
  readonly code: string;
  readonly title: string;
  readonly file: string;
  /** Rules that every violation of this one also violates: a line `Comes with CODE.` */
  readonly companions: readonly string[];
  readonly wrong: Example;
  readonly right: Example;
  /** What is currently applied, for rules about changes. */
  readonly currentlyApplied?: Example;
}

export interface Example {
  readonly language: 'yaml' | 'ts';
  readonly body: string;
}

const FOLDER = join(REPOSITORY, 'docs/rules');
const SECTION = /^### (PGTLS-\w\d\d): (.*)\n([\s\S]*?)(?=^### |(?![\s\S]))/gm;

/** Every section of every page, in the order of the pages. */
export function ruleSections(): RuleSection[] {
  const pages = readdirSync(FOLDER).filter((file) => file.endsWith('.md') && file !== 'README.md').sort();
  return pages.flatMap((file) => [...readFileSync(join(FOLDER, file), 'utf8').matchAll(SECTION)].map(([, code, title, body]) => ({
    code: code!,
    title: title!,
    file,
    companions: [...body!.matchAll(/^Comes with (PGTLS-\w\d\d)\./gm)].map(([, companion]) => companion!),
    wrong: example(body!, 'wrong', code!),
    right: example(body!, 'right', code!),
    currentlyApplied: body!.includes('\ncurrently applied:\n') ? example(body!, 'currently applied', code!) : undefined,
  })));
}

function example(section: string, label: string, code: string): Example {
  const match = section.match(new RegExp(`^${label}:\\n\`\`\`(yaml|ts)\\n([\\s\\S]*?)^\`\`\``, 'm'));
  if (!match) { throw new Error(`the section of ${code} has no example that is ${label}`); }
  return { language: match[1] as 'yaml' | 'ts', body: match[2]! };
}

/** The manifests of a YAML example: each is laid over the base example of its kind. */
export function manifestsOf({ body }: Example): object[] {
  return documents(body).map((document) => {
    const base = BASE_EXAMPLES.find(({ kind }) => kind === document['kind']) ?? { metadata: { name: 'example', namespace: 'demo' } };
    return overlaid(base, document) as object;
  });
}

/** The example of a kind that the examples of the pages are laid over. */
export function baseExample(kind: string): Document {
  return BASE_EXAMPLES.find((document) => document['kind'] === kind)!;
}

type Document = Record<string, unknown>;

function documents(yaml: string): Document[] {
  return parseAllDocuments(yaml).map((document) => {
    if (document.errors.length > 0) { throw document.errors[0]!; }
    return document.toJS() as Document;
  });
}

const BASE_EXAMPLES = documents(markedBlock(readFileSync(join(FOLDER, 'README.md'), 'utf8'), 'example: base'));

function overlaid(base: unknown, change: unknown): unknown {
  if (!isMapping(base) || !isMapping(change)) { return change; }
  const merged = Object.entries({ ...base, ...change }).map(([field, value]) => [field, field in change ? overlaid(base[field], change[field]) : value] as const);
  return Object.fromEntries(merged.filter(([, value]) => value !== null));
}

function isMapping(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
