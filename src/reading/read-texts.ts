import { alternativeFiles } from './alternatives';
import { clientKindReason, isTestFile, settingsReason } from './applied-kinds';
import { FieldPath } from './complete-yaml';
import { isBinary } from './decode-text';
import { controllerOf, removeServerFields } from './exported-objects';
import { isKustomization, Kustomization, Kustomizations, TransformedNamespace } from './kustomizations';
import { listItems } from './list-items';
import { NotChecked, NotCheckedEntry, NotCheckedOfFile, NotCheckedReason } from './not-checked';
import { hasPatchDirective, isJsonPatch, missingHalf, PATCH_DIRECTIVE } from './partial-objects';
import { fillPlaceholders, MAY_HAVE_PLACEHOLDERS, placeholdersInText } from './placeholders';
import { documentsOf, SourceDocument } from './source-document';
import { SourcePosition, SourceText } from './source-text';
import type { NamedText } from './yaml-files';
import { entryPath, mapping, Mapping, text } from '../data';
import { isClusterScoped } from '../kubernetes';

/** An object that can be checked. */
export interface ReadManifest {
  /** What is applied, as far as the input shows it: without what the API server adds, with the defaults of placeholders, in the namespace that a kustomization sets. */
  readonly content: Mapping;
  readonly file: string;
  /** Names of the sets that it is applied in: kustomizations, its folder, or its file alone if the folder has alternatives of it. */
  readonly sets: ReadonlyArray<string>;
  /** Where it begins. */
  readonly position: SourcePosition;
  /**
   * Where a field (its key) or a list item stands, for example `['spec', 'dnsNames', 0]`, or its nearest ancestor that exists.
   *
   * The document is read once more: call it for findings alone.
   */
  locate(path: FieldPath): SourcePosition;
}

/** Kinds of faults of a text. */
export enum TextFaultKind {
  /** A key occurs twice in a mapping. */
  DUPLICATE_KEY = 'duplicate key',
}

/** A fault of the text of a manifest that can be read nevertheless. */
export interface TextFault {
  readonly kind: TextFaultKind;
  readonly position: SourcePosition;
  /** The field in its document. */
  readonly path: FieldPath;
  readonly problem: string;
  readonly fix: string;
}

export interface ReadResult {
  readonly manifests: readonly ReadManifest[];
  /** Files and documents that were not checked: for each file one entry for each reason. */
  readonly notChecked: readonly NotChecked[];
  readonly faults: readonly TextFault[];
  /** Number of files, also those that could not be read. */
  readonly files: number;
  /** Number of documents with more than comments. */
  readonly documents: number;
}

/** One input: its text, or why there is none. */
export interface Source {
  readonly name: string;
  /** Whether it was asked for by itself, and was not found in a folder. */
  readonly isNamed: boolean;
  readonly text: string | NotCheckedEntry;
}

/**
 * The manifests of texts in YAML or JSON, and what was not checked.
 *
 * Never throws: what cannot be read is in `notChecked`.
 */
export function readTexts(texts: Iterable<NamedText>): ReadResult {
  return readSources((function* () { for (const [name, content] of texts) { yield { name, text: content, isNamed: true }; } })());
}

export function readSources(sources: Iterable<Source>): ReadResult {
  const result = new Result();
  for (const source of sources) { result.read(source); }
  return result.finish();
}

const NO_REMEDY = '';

class Result {
  private files = 0;
  private documents = 0;
  private readonly manifests: ReadManifest[] = [];
  private readonly faults: TextFault[] = [];
  private readonly notChecked = new Map<string, NotCheckedOfFile>();
  private readonly kustomizations: Kustomization[] = [];
  private readonly pending: SourceDocument[] = [];
  /** Files that were found in folders. */
  private readonly foundFiles = new Set<string>();

  public read({ name, text: content, isNamed }: Source): void {
    this.files++;
    if (!isNamed) { this.foundFiles.add(name); }
    if (typeof content !== 'string') {
      this.pass(name, content);
      return;
    }
    const before = this.documents;
    const encryption = wholeFileEncryption(content);
    if (encryption !== undefined) {
      this.pass(name, encryption);
      return;
    }
    if (isBinary(content)) {
      this.pass(name, { reason: NotCheckedReason.BINARY, problem: 'not a text: it has control characters', fix: 'exclude the file', isFinding: false });
      return;
    }
    for (const document of documentsOf(new SourceText(name, content, isNamed))) {
      if (document.value === null || (document.value === undefined && document.error === undefined)) { continue; }
      if (!document.isContinued) { this.documents++; }
      this.pending.push(document);
      const value = mapping(document.value);
      if (isKustomization(name, value)) { this.kustomizations.push({ file: name, content: value }); }
    }
    if (this.documents === before) { this.pass(name, { reason: NotCheckedReason.EMPTY, problem: 'nothing but comments', fix: NO_REMEDY, isFinding: false }); }
  }

  public finish(): ReadResult {
    const kustomizations = new Kustomizations(this.kustomizations);
    for (const document of this.pending) { this.classify(document, kustomizations); }
    const alternatives = alternativeFiles(this.manifests.filter(({ file }) => this.foundFiles.has(file) && !kustomizations.leadsTo(file)));
    return {
      manifests: alternatives.size === 0 ? this.manifests : this.manifests.map((manifest) => (alternatives.has(manifest.file) ? alone(manifest) : manifest)),
      notChecked: [...this.notChecked.values()].flatMap((entries) => entries.all()),
      faults: this.faults,
      files: this.files,
      documents: this.documents,
    };
  }

  private pass(file: string, entry: NotCheckedEntry): void {
    const entries = this.notChecked.get(file) ?? new NotCheckedOfFile(file);
    this.notChecked.set(file, entries);
    entries.add(entry);
  }

  private classify(document: SourceDocument, kustomizations: Kustomizations): void {
    const { name } = document.source;
    const unread = unreadable(document);
    if (unread !== undefined) {
      this.pass(name, unread);
      return;
    }
    const items = listItems(document.value);
    let isChecked = false;
    for (const { content, path } of items) {
      const entry = notManifest(document, content, kustomizations);
      if (entry === undefined) {
        this.manifests.push(manifestOf(document, content as Mapping, path, kustomizations));
        isChecked = true;
      } else { this.pass(name, path.length === 0 ? { ...entry, position: document.position } : { position: document.locate(path), ...entry }); }
    }
    if (isChecked) { this.faults.push(...faultsOf(document)); }
  }
}

function manifestOf(document: SourceDocument, content: Mapping, path: FieldPath, kustomizations: Kustomizations): ReadManifest {
  const { name } = document.source;
  removeServerFields(content);
  const transformed = kustomizations.namespaceOf(name);
  return new ManifestOfDocument(transformed === undefined ? content : inNamespaceOf(transformed, content), kustomizations.setsOf(name), document, path);
}

/** A class, because an object with an accessor of its own needs a kilobyte more. */
class ManifestOfDocument implements ReadManifest {
  public constructor(public readonly content: Mapping, public readonly sets: ReadonlyArray<string>, private readonly document: SourceDocument, private readonly path: FieldPath) {}

  public get file(): string {
    return this.document.source.name;
  }

  public get position(): SourcePosition {
    return this.document.locate(this.path);
  }

  public locate(path: FieldPath): SourcePosition {
    return this.document.locate([...this.path, ...path]);
  }
}

function alone(manifest: ReadManifest): ReadManifest {
  const { content, file } = manifest;
  return { content, file, sets: [`file ${file}`], get position() { return manifest.position; }, locate: (path) => manifest.locate(path) };
}
