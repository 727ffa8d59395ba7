import type { Alias, Node, Pair, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { joinedQuotes, unjoined } from './joined-quotes';
import { NotCheckedReason } from './not-checked';
import { hasNoJson, plainValue } from './plain-value';
import { yamlLibrary } from '../formats';

/** A field path: keys of mappings, and indexes of list items. */
export type FieldPath = ReadonlyArray<string | number>;

/** Why a document cannot be read, and where. */
export class YamlError extends Error {
  public constructor(message: string, public readonly fix: string, public readonly offset: number, public readonly reason = NotCheckedReason.INVALID_YAML) { super(message); }
}

/** A key that occurs more than once in a mapping. */
export interface DuplicateKey {
  readonly path: FieldPath;
  /** Offset of the last occurrence, which counts. */
  readonly offset: number;
}

export interface YamlValue {
  readonly value: unknown;
  readonly duplicates: ReadonlyArray<DuplicateKey>;
  /** Offset of the first mapping or list that is a key, as `{{ name }}` is without quotes; Kubernetes refuses it. */
  readonly collectionKey: number | undefined;
}

/** Kubernetes' own limits for aliases: a small document may grow as it likes, a large one by a factor. Source: go-yaml v2, decode.go, allowedAliasRatio. */
const MAX_EXPANSION = { values: 400_000, factor: 10 };

/** Functions that call themselves for each level are at risk beyond it. */
const MAX_DEPTH = 500;

const OPTIONS = {
  version: '1.1',
  // Scalars stay text: plainValue reads them.
  schema: 'failsafe',
  resolveKnownTags: false,
  merge: false,
  // The check of the library compares each key with each other one.
  uniqueKeys: false,
  keepSourceTokens: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/**
 * The value of any YAML document, as Kubernetes reads it: the last of equal keys counts, a merge key overrides the fields above it.
 *
 * @throws YamlError
 */
export function parseCompleteYaml(text: string): YamlValue {
  const reading = new Reading();
  const value = reading.read(treeOf(text));
  return { value, duplicates: reading.duplicates, collectionKey: reading.collectionKey };
}

/** Offset of a field path in a document, or of its nearest existing ancestor. */
export function offsetInYaml(text: string, path: FieldPath): number {
  const tree = treeOf(text);
  const { isMap, isScalar, isSeq, isAlias } = yamlLibrary();
  const anchors = new Map<string, Node>();
  yamlLibrary().visit(tree, { Node: (_, node) => { if ('anchor' in node && node.anchor !== undefined && !anchors.has(node.anchor)) { anchors.set(node.anchor, node); } } });
  let node: Node | null = tree;
  let offset = startOf(tree);
  for (const step of path) {
    if (isAlias(node)) { node = anchors.get(node.source) ?? null; }
    if (isMap(node)) {
      const pair = [...(node.items as Pair[])].reverse().find(({ key }) => isScalar(key) && keyText(key) === String(step));
      if (pair === undefined) { break; }
      offset = startOf(pair.key as Node);
      node = pair.value as Node | null;
    } else if (isSeq(node) && typeof step === 'number' && node.items[step] !== undefined) {
      node = node.items[step] as Node;
      offset = startOf(node);
    } else { break; }
  }
  return offset;
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function treeOf(text: string): ParsedNode | null {
  if (isDeep(text)) { throw tooDeep(); }
  let document;
  try {
    document = yamlLibrary().parseDocument(text, OPTIONS);
  } catch (error) {
    if (error instanceof RangeError) { throw tooDeep(); }
    throw error;
  }
  const [error] = document.errors;
  const joined = error?.message.startsWith('Missing closing') === true ? joinedTree(text) : undefined;
  if (joined !== undefined) { return joined; }
  if (error?.message.startsWith('Maximum call stack')) { throw tooDeep(); }
  if (error !== undefined) { throw new YamlError(firstLine(error.message), 'correct the syntax', error.pos[0]); }
  return document.contents;
}

/** The tree of a text in which lines of quoted texts are not indented deeper than their keys, if that is its only fault. */
function joinedTree(text: string): ParsedNode | null | undefined {
  const joined = joinedQuotes(text);
  if (joined === undefined) { return undefined; }
  const { parseDocument, visit } = yamlLibrary();
  const document = parseDocument(joined, OPTIONS);
  if (document.errors.length > 0) { return undefined; }
  visit(document, { Scalar: (_, scalar) => { if (typeof scalar.value === 'string') { scalar.value = unjoined(scalar.value); } } });
  return document.contents;
}

/**
 * Whether a text may have more levels than the library can take: it calls itself for each, and where the stack ends V8 may not throw but end the process
 * ("RegExpCompiler Allocation failed"). Brackets in quotes count as well; no document of people has as many.
 */
function isDeep(text: string): boolean {
  if (/^[ ?-]{1000}/m.test(text)) { return true; }
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 91 /* [ */ || code === 123 /* { */) {
      if (++depth > 1000) { return true; }
    } else if ((code === 93 /* ] */ || code === 125 /* } */) && depth > 0) { depth--; }
  }
  return false;
}

function tooDeep(): YamlError {
  return new YamlError('mappings or lists are nested too deeply', `use at most ${MAX_DEPTH} levels`, 0);
}

function firstLine(message: string): string {
  const line = message.split('\n')[0]!;
  return line.charAt(0).toLowerCase() + line.slice(1);
}

/** A key as Kubernetes writes it in JSON: `on` is the field `true`. */
function keyText(key: Scalar): string {
  const value = scalarValue(key);
  return String(value);
}

/** One reading of a tree: what it holds, with the anchors above the current node. */
class Reading {
  public readonly duplicates: DuplicateKey[] = [];
  public collectionKey: number | undefined;
  private readonly anchors = new Map<string, { readonly value: unknown; readonly size: number } | 'open'>();
  private readonly library = yamlLibrary();
  private readonly path: (string | number)[] = [];
  /** Values so far, with those that aliases repeat, and without. */
  private size = 0;
  private written = 0;

  public read(node: Node | null): unknown {
    const { isAlias, isMap, isSeq } = this.library;
    this.size++;
    this.written++;
    if (node === null) { return null; }
    if (isAlias(node)) { return this.aliased(node); }
    if (this.path.length > MAX_DEPTH) { throw tooDeep(); }
    const { anchor } = node as { readonly anchor?: string };
    const before = this.size;
    if (anchor !== undefined) { this.anchors.set(anchor, 'open'); }
    const value = isMap(node) ? this.fields(node) : isSeq(node) ? this.items(node) : scalarValue(node as Scalar);
    if (hasNoJson(value)) { throw new YamlError(`'${String((node as Scalar).source)}' is a number that JSON does not have`, 'quote it', startOf(node)); }
    if (anchor !== undefined) { this.anchors.set(anchor, { value, size: this.size - before + 1 }); }
    return value;
  }

  private readAt(step: string | number, node: Node | null): unknown {
    this.path.push(step);
    const value = this.read(node);
    this.path.pop();
    return value;
  }

  private aliased(node: Alias): unknown {
    const target = this.anchors.get(node.source);
    const offset = startOf(node);
    if (target === undefined) {
      // A wildcard of DNS without quotes is the usual cause.
      throw new YamlError(`'*${node.source}' needs quotes: without them it is an alias, and the document has no anchor '&${node.source}' above it`,
        node.source.startsWith('.') ? `write '*${node.source}' in quotes` : 'quote it, or define the anchor in the same document: anchors end with their document', offset);
    }
    if (target === 'open') { throw new YamlError(`anchor '&${node.source}' contains itself`, 'remove the alias', offset); }
    this.size += target.size;
    if (this.size > MAX_EXPANSION.values && this.size > MAX_EXPANSION.factor * this.written) {
      throw new YamlError(`aliases repeat more than ${MAX_EXPANSION.values} values`, 'write less of the document as aliases; Kubernetes refuses it as well', offset);
    }
    return target.value;
  }

  private items(node: YAMLSeq): unknown[] {
    return node.items.map((item, index) => this.readAt(index, item as Node | null));
  }

  private fields(node: YAMLMap): unknown {
    const { isScalar } = this.library;
    const fields: Record<string, unknown> = {};
    const written = new Set<string>();
    for (const { key, value } of node.items) {
      if (isScalar(key)) {
        if (isMergeKey(key)) { this.merge(fields, value as Node | null); continue; }
        const name = keyText(key);
        if (scalarValue(key) === null) { throw new YamlError('a key is null or missing', 'write a key, or quote it', startOf(key)); }
        if (written.has(name)) { this.duplicates.push({ path: [...this.path, name], offset: startOf(key) }); }
        written.add(name);
        set(fields, name, this.readAt(name, value as Node | null));
      } else {
        this.collectionKey ??= startOf(key as Node);
        set(fields, shown(key as Node), this.readAt('', value as Node | null));
      }
    }
    return fields;
  }

  /** Fields of one mapping or several; among several the first counts. */
  private merge(fields: Record<string, unknown>, node: Node | null): void {
    const value = this.readAt('<<', node);
    const sources = Array.isArray(value) ? [...value].reverse() : [value];
    for (const source of sources) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        throw new YamlError('merge key << has a value that is neither a mapping nor a list of mappings', 'name an anchor of a mapping', startOf(node));
      }
      for (const [name, inner] of Object.entries(source as object)) { set(fields, name, inner); }
    }
  }
}

/** A key that is no scalar, shortened: it is read for its placeholders only. */
function shown(node: Node): string {
  try {
    return String(node).slice(0, 80).replace(/\s+/g, ' ');
  } catch {
    return '…';
  }
}

function isMergeKey(key: Scalar): boolean {
  return key.type === 'PLAIN' && key.source === '<<' && key.tag === undefined;
}

/** Also for a name that JavaScript understands otherwise. */
function set(fields: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') { Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true }); } else { fields[name] = value; }
}

const CORE = 'tag:yaml.org,2002:';

/** The value of a scalar: plain ones by their form, others by their tag, or as they are. */
function scalarValue(node: Scalar): unknown {
  const text = typeof node.value === 'string' ? node.value : String(node.value ?? '');
  switch (node.tag) {
    case undefined: return node.type === 'PLAIN' ? plainValue(text) : text;
    case `${CORE}int`: case `${CORE}float`: case `${CORE}bool`: case `${CORE}null`: return plainValue(text);
    case `${CORE}binary`: return Buffer.from(text, 'base64').toString('utf8');
    default: return text;
  }
}
