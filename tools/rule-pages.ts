import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { filesBelow, markedBlock, REPOSITORY } from './repository';
import { RULES } from './rule-list';

/** The text of a rule: a Markdown file beside the rule, of the same name. */
export interface RuleText {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  /** The folder of the rule, whose rules have one theme. */
  readonly theme: string;
  readonly text: string;
  /** Rules that every violation of this one also violates: a line `Comes with CODE.` */
  readonly companions: readonly string[];
  readonly wrong: Example;
  readonly right: Example;
  /** What is currently applied, for rules about changes. */
  readonly applied?: Example;
}

export interface Example {
  readonly language: 'yaml' | 'ts';
  readonly body: string;
}

const FOLDER = join(REPOSITORY, 'docs/rules');

/** The text of every rule. */
export function ruleTexts(): RuleText[] {
  const files = new Map(markdownFiles().map(([file, text]) => [basename(file, '.md'), { theme: dirname(file), text }]));
  return RULES.map(({ code, id, title }) => {
    const found = files.get(id);
    if (found === undefined) { throw new Error(`${code} has no text: write ${id}.md beside ${id}.ts`); }
    const { theme, text } = found;
    return {
      id,
      code,
      title,
      theme,
      text,
      companions: [...text.matchAll(/^Comes with (PGTLS-\w\d{2,3})\./gm)].map(([, companion]) => companion!),
      wrong: example(text, 'wrong', code),
      right: example(text, 'right', code),
      applied: text.includes('\ncurrently applied:\n') ? example(text, 'currently applied', code) : undefined,
    };
  });
}

/** What a folder of rules is about: the text of its `about.md`, by folder. */
export function themes(): Map<string, string> {
  return new Map(markdownFiles().filter(([file]) => basename(file) === 'about.md').map(([file, text]) => [dirname(file), text]));
}

/** The Markdown files below `src`, by their path there. */
export function markdownFiles(): ReadonlyArray<readonly [string, string]> {
  return Object.entries(filesBelow(join(REPOSITORY, 'src'))).filter(([file]) => file.endsWith('.md')).sort(([one], [other]) => (one < other ? -1 : 1));
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
