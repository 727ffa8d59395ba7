import { parseBlockYaml, Places } from './block-yaml';
import { DuplicateKey, FieldPath, offsetInYaml, parseCompleteYaml, YamlError } from './complete-yaml';
import { jsonValues } from './json-values';
import { SourcePosition, SourceText } from './source-text';
import { DocumentSpan, splitDocuments } from './split-documents';

/**
 * A longer document needs too much memory for the complete parser, which takes 200 bytes for each of its characters; what kubectl, helm and cdk8s print may be longer.
 * The API server accepts requests of 3 MB.
 */
const MAX_COMPLEX_LENGTH = 3_000_000;

/** A document of a text with its value, and the places of its fields. */
export interface SourceDocument {
  readonly source: SourceText;
  readonly span: DocumentSpan;
  /** Undefined if it cannot be read. */
  readonly value: unknown;
  readonly error: YamlError | undefined;
  readonly duplicates: ReadonlyArray<DuplicateKey>;
  /** Offset in the document of a mapping or list that is a key. */
  readonly collectionKey: number | undefined;
}

/** The documents of a text, in YAML or JSON. */
export function* documentsOf(source: SourceText): Generator<SourceDocument> {
  const values = jsonValues(source.text);
  if (values !== undefined) {
    for (const { start, end, value } of values) { yield { source, span: { start, end }, value, error: undefined, duplicates: [], collectionKey: undefined }; }
    return;
  }
  // Parsers differ in whether these end a line.
  const isPlain = !/[\u0085\u2028\u2029\ufeff]/.test(source.text);
  for (const span of splitDocuments(source.text)) { yield readDocument(source, span, isPlain); }
}

function readDocument(source: SourceText, span: DocumentSpan, isPlain: boolean): SourceDocument {
  const text = source.text.slice(span.start, span.end);
  const plain = isPlain ? parseBlockYaml(text) : undefined;
  if (plain !== undefined) { return { source, span, value: plain.value, error: undefined, duplicates: [], collectionKey: undefined }; }
  try {
    if (text.length > MAX_COMPLEX_LENGTH) {
      throw new YamlError(`a document of ${Math.ceil(text.length / 1e6)} MB is not in plain block style`, 'split it, or print it with kubectl or helm', 0);
    }
    return { source, span, ...parseCompleteYaml(text), error: undefined };
  } catch (error) {
    if (!(error instanceof YamlError)) { throw error; }
    return { source, span, value: undefined, error, duplicates: [], collectionKey: undefined };
  }
}

export function textOf({ source, span }: SourceDocument): string {
  return source.text.slice(span.start, span.end);
}

/** Where a document begins. */
export function startOf({ source, span }: SourceDocument): SourcePosition {
  return source.positionOf(source.firstContent(span.start, span.end));
}

/** The position of an offset in a document. */
export function positionIn({ source, span }: SourceDocument, offset: number): SourcePosition {
  return source.positionOf(span.start + offset);
}

/** The position of a field (of its key) or of a list item, or of its nearest existing ancestor. The document is read once more. */
export function locate(document: SourceDocument, path: FieldPath): SourcePosition {
  if (path.length === 0) { return startOf(document); }
  const text = textOf(document);
  const places: Places = new Map();
  const plain = parseBlockYaml(text, places);
  const offset = plain !== undefined ? offsetInPlaces(plain.value, places, path) : text.length > MAX_COMPLEX_LENGTH ? 0 : offsetInYaml(text, path);
  return offset === 0 ? startOf(document) : positionIn(document, offset);
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
