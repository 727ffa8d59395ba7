import { parseBlockYaml, Places } from './block-yaml';
import { DuplicateKey, FieldPath, offsetInYaml, parseCompleteYaml, YamlError } from './complete-yaml';
import { duplicatesInJson, itemSpans, offsetInJson } from './json-places';
import { JsonValue, jsonValues } from './json-values';
import { NotCheckedReason } from './not-checked';
import { SourcePosition, SourceText } from './source-text';
import { DocumentSpan, splitDocuments } from './split-documents';
import { ListSpans, splitList } from './split-list';
import { mapping } from '../data';

/**
 * A document with more characters or more tokens needs too much memory for the complete parser (about 4 KB for a token); what kubectl, helm and cdk8s print may be longer.
 * The API server accepts requests of 3 MB.
 */
const MAX_COMPLEX = { characters: 3_000_000, tokens: 300_000 };

function isTooComplex(text: string): boolean {
  if (text.length > MAX_COMPLEX.characters) { return true; }
  if (text.length <= MAX_COMPLEX.tokens) { return false; }
  const token = /[[\]{},"'&*!]|[-:?](?=\s)/g;
  let count = 0;
  while (count <= MAX_COMPLEX.tokens && token.test(text)) { count++; }
  return count > MAX_COMPLEX.tokens;
}

/** What a parser makes of a text. */
interface ReadValue {
  readonly value?: unknown;
  readonly error?: YamlError;
  readonly duplicates?: ReadonlyArray<DuplicateKey>;
  readonly collectionKey?: number | undefined;
}

/** A document of a text with its value, and the places of its fields. */
export class SourceDocument {
  /** Undefined if it cannot be read. */
  public readonly value: unknown;
  public readonly error: YamlError | undefined;
  public readonly duplicates: ReadonlyArray<DuplicateKey>;
  /** Offset in the document of a mapping or list that is a key. */
  public readonly collectionKey: number | undefined;
  private answers: Map<RegExp, boolean> | undefined;

  public constructor(
    public readonly source: SourceText,
    public readonly span: DocumentSpan,
    read: ReadValue,
    private readonly places: PlaceFinder,
    /** Whether it is another item of the list above it, and no document of its own. */
    public readonly isContinued = false,
  ) {
    this.value = read.value;
    this.error = read.error;
    this.duplicates = read.duplicates ?? [];
    this.collectionKey = read.collectionKey;
  }

  public get text(): string {
    return this.source.text.slice(this.span.start, this.span.end);
  }

  /** Whether the text of the document matches a pattern; it is looked through once for all items of a list. */
  public has(pattern: RegExp): boolean {
    const known = this.answers?.get(pattern);
    if (known !== undefined) { return known; }
    const answer = pattern.test(this.text);
    this.answers ??= new Map();
    this.answers.set(pattern, answer);
    return answer;
  }

  /** Where it begins. */
  public get position(): SourcePosition {
    return this.source.positionOf(this.source.firstContent(this.span.start, this.span.end));
  }

  /** The position of an offset in it. */
  public positionAt(offset: number): SourcePosition {
    return this.source.positionOf(this.span.start + offset);
  }

  /** The position of a field (of its key) or of a list item, or of its nearest existing ancestor. The document is read once more. */
  public locate(path: FieldPath): SourcePosition {
    const offset = path.length === 0 ? 0 : this.places(this.text, path);
    return offset === 0 ? this.position : this.positionAt(offset);
  }
}

/** The offset of a path in a text; 0 for the beginning. */
type PlaceFinder = (text: string, path: FieldPath) => number;

/** The documents of a text, in YAML or JSON; the items of a long list one by one. */
export function* documentsOf(source: SourceText): Generator<SourceDocument> {
  const values = jsonValues(source.text);
  if (values !== undefined) {
    for (const value of values) { yield* jsonDocuments(source, value); }
    return;
  }
  // Parsers differ in whether these end a line.
  const isPlain = !/[\u0085\u2028\u2029\ufeff]/.test(source.text);
  for (const span of splitDocuments(source.text)) {
    const list = span.end - span.start > LONG ? splitList(source.text, span) : undefined;
    if (list === undefined) {
      yield new SourceDocument(source, span, readYaml(source.text.slice(span.start, span.end), isPlain), offsetIn);
    } else { yield* itemsOf(source, list, isPlain); }
  }
}

function* jsonDocuments(source: SourceText, { start, end, value }: JsonValue): Generator<SourceDocument> {
  const text = source.text.slice(start, end);
  const { apiVersion, kind, items } = mapping(value);
  if (text.length <= LONG || !Array.isArray(items)) {
    yield new SourceDocument(source, { start, end }, { value, duplicates: duplicatesInJson(text) }, offsetInJson);
    return;
  }
  for (const [index, span] of itemSpans(text).entries()) {
    const item = { start: start + span.start, end: start + span.end };
    const duplicates = duplicatesInJson(source.text.slice(item.start, item.end));
    yield new SourceDocument(source, item, { value: { apiVersion, kind, items: [items[index]] }, duplicates }, (inner, path) => offsetInJson(inner, path.slice(2)), index > 0);
  }
}

/** A list with more characters is read item by item, so that one item in another style does not make all of it slow, and positions in it are found quickly. */
const LONG = 200_000;

function* itemsOf(source: SourceText, { items, kind, apiVersion }: ListSpans, isPlain: boolean): Generator<SourceDocument> {
  for (const [index, span] of items.entries()) {
    const { value, ...read } = readYaml(source.text.slice(span.start, span.end), isPlain);
    // The text of an item is a list with one item.
    const isRead = Array.isArray(value) && value.length === 1;
    const list = { apiVersion, kind, items: value };
    yield new SourceDocument(source, span, isRead ? { ...read, value: list } : read.error === undefined ? { ...read, error: new YamlError('not an item of a list', 'correct the syntax', 0) } : read,
      (text, path) => offsetIn(text, path.slice(1)), index > 0);
  }
}

function readYaml(text: string, isPlain: boolean): ReadValue {
  const plain = isPlain ? parseBlockYaml(text) : undefined;
  if (plain !== undefined) { return plain; }
  try {
    if (isTooComplex(text)) {
      throw new YamlError(`a document of ${(text.length / 1e6).toFixed(1)} MB is not in plain block style`, 'split it, or print it with kubectl or helm', 0, NotCheckedReason.TOO_LARGE);
    }
    return parseCompleteYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) { throw error; }
    return { error };
  }
}

function offsetIn(text: string, path: FieldPath): number {
  const places: Places = new Map();
  const plain = parseBlockYaml(text, places);
  return plain !== undefined ? offsetInPlaces(plain.value, places, path) : isTooComplex(text) ? 0 : offsetInYaml(text, path);
}

function offsetInPlaces(root: unknown, places: Places, path: FieldPath): number {
  let value = root;
  let offset = 0;
  for (const step of path) {
    const container = value as { readonly [field: string]: unknown } | null;
    const place = typeof container === 'object' && container !== null ? places.get(container)?.get(Array.isArray(container) ? Number(step) : String(step)) : undefined;
    if (place === undefined) { break; }
    offset = place;
    value = container![step];
  }
  return offset;
}
