import { type Answer, FieldRule, FieldRules, refused } from './field-rule';
import { entryPath, isGiven, mapping, Mapping, valueAt } from '../data';
import { nearest } from '../formats';
import type { FieldPath } from '../reading';

/** What becomes of one field of a resource. */
export interface FieldAnswer {
  readonly path: FieldPath;
  /** The path with `[]` for each item of a list. */
  readonly pattern: string;
  readonly answer: Answer;
}

/** What the fields belong to. */
export interface FieldOwner {
  /** In messages, such as `KubeDB's Postgres`. */
  readonly name: string;
  /** The version of KubeDB's API. */
  readonly version?: 'v1' | 'v1alpha2';
}

/** What becomes of every field of a resource; unknown fields and values of another type are refused. */
export function walkFields<Context>(resource: Mapping, rules: FieldRules<Context>, owner: FieldOwner, context: Context): FieldAnswer[] {
  const { version } = owner;
  const found: FieldAnswer[] = [];
  const add = (path: FieldPath, pattern: string, answer: Answer) => { found.push({ path, pattern, answer }); };
  const patterns = Object.keys(rules);

  const visit = (value: unknown, path: FieldPath, pattern: string, item: Mapping): void => {
    if (!isGiven(value)) { return; }
    const rule = Object.hasOwn(rules, pattern) ? rules[pattern] : undefined;
    if (rule !== undefined) {
      answerOf(rule, value, path, pattern, item);
      return;
    }
    if (patterns.some((known) => known.startsWith(`${pattern}[]`))) {
      if (!Array.isArray(value)) { return add(path, pattern, wrongType(value, 'a list')); }
      value.forEach((inner: unknown, index) => { visitMapping(inner, [...path, index], `${pattern}[]`, mapping(inner)); });
      return;
    }
    visitMapping(value, path, pattern, item);
  };

  const visitMapping = (value: unknown, path: FieldPath, pattern: string, item: Mapping): void => {
    if (mapping(value) !== value) { return add(path, pattern, wrongType(value, 'a mapping')); }
    const known = namesBelow(patterns, pattern);
    for (const [name, inner] of Object.entries(mapping(value))) {
      const below = pattern === '' ? name : `${pattern}.${name}`;
      if (known.includes(name)) { visit(inner, [...path, name], below, item); } else { add([...path, name], below, unknown(name, known, owner)); }
    }
    for (const [name, rule] of Object.entries(rules)) {
      const isItem = pattern.endsWith('[]') && name.startsWith(`${pattern}.`) && !name.slice(pattern.length + 1).includes('.');
      if (isItem && name.endsWith('.alias') && !isGiven(mapping(value)['alias'])) { add(path, name, refused('has no alias', `set it to ${rule.is.name}`)); }
    }
  };

  const answerOf = (rule: FieldRule<Context>, value: unknown, path: FieldPath, pattern: string, item: Mapping): void => {
    if (rule.only !== undefined && rule.only !== version) { return add(path, pattern, refused(`is a field of kubedb.com/${rule.only} alone`, `KubeDB ignores it in ${version!}: remove it, or use the other version`)); }
    if (!rule.is.accepts(value)) { return add(path, pattern, wrongType(value, rule.is.name)); }
    const { knows } = rule;
    if (knows !== undefined) {
      const fault = Object.keys(mapping(value)).find((name) => !knows.includes(name));
      if (fault !== undefined) { return add([...path, fault], pattern, unknown(fault, knows, owner)); }
    }
    add(path, pattern, rule.take(value, context, item));
  };

  visit(resource, [], '', {});
  for (const [pattern, rule] of Object.entries(rules)) {
    if (rule.absent === undefined || pattern.includes('[]') || isGiven(valueAt(resource, pattern)) || (rule.only !== undefined && rule.only !== version)) { continue; }
    const answer = rule.absent(context);
    if (answer !== undefined) { add(pattern.split('.'), pattern, answer); }
  }
  return found;
}

/** Names of the fields that the rules have directly below a pattern. */
function namesBelow(patterns: ReadonlyArray<string>, pattern: string): string[] {
  const start = pattern === '' ? '' : `${pattern}.`;
  return [...new Set(patterns.filter((known) => known.startsWith(start)).map((known) => known.slice(start.length).split(/[.[]/)[0]!))];
}

function unknown(name: string, known: ReadonlyArray<string>, owner: FieldOwner): Answer {
  const meant = nearest(name, known);
  return refused(`is not a field of ${owner.name}`, meant === undefined ? 'remove it' : `did you mean '${meant}'?`);
}

function wrongType(value: unknown, expected: string): Answer {
  const shown = typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'a mapping') : typeof value === 'string' ? `'${value}'` : `${String(value)}, a ${typeof value}`;
  return refused(`is ${shown}`, `write ${expected}`);
}

/** A field as people write it. */
export function fieldName(path: FieldPath): string {
  return path.reduce<string>(entryPath, '');
}
