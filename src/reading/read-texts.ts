import { posix } from 'node:path';
import { alternativeFiles } from './alternatives';
import { type ChartValues, statesNamespace } from './chart-values';
import { clientKindReason, isTestFile, settingsReason } from './applied-kinds';
import { FieldPath } from './complete-yaml';
import { isBinary } from './decode-text';
import { controllerOf, removeServerFields } from './exported-objects';
import { isKustomization, Kustomization, Kustomizations, PatchedContent, TransformedNamespace } from './kustomizations';
import { listItems } from './list-items';
import { NotChecked, NotCheckedEntry, NotCheckedOfFile, NotCheckedReason } from './not-checked';
import { hasPatchDirective, isJsonPatch, missingHalf, PATCH_DIRECTIVE } from './partial-objects';
import { fillPlaceholders, MAY_HAVE_PLACEHOLDERS, placeholdersInText } from './placeholders';
import { documentsOf, SourceDocument } from './source-document';
import { SourcePosition, SourceText } from './source-text';
import type { NamedText } from './yaml-files';
import { entryPath, groupBy, mapping, Mapping, text } from '../data';
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
  /** Values for charts that state a setting of the cluster. */
  readonly values: readonly ChartValues[];
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
  private readonly values: ChartValues[] = [];
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
    const kustomizations = new Kustomizations(this.kustomizations, contentsIn(this.pending));
    for (const document of this.pending) { this.classify(document, kustomizations); }
    const alternatives = alternativeFiles(this.manifests.filter(({ file }) => this.foundFiles.has(file) && !kustomizations.leadsTo(file)));
    return {
      manifests: alternatives.size === 0 ? this.manifests : this.manifests.map((manifest) => (alternatives.has(manifest.file) ? alone(manifest) : manifest)),
      notChecked: [...this.notChecked.values()].flatMap((entries) => entries.all()),
      faults: this.faults,
      values: this.values,
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
        isChecked = this.addManifests(document, content as Mapping, path, kustomizations) || isChecked;
      } else {
        this.pass(name, path.length === 0 ? { ...entry, position: document.position } : { position: document.locate(path), ...entry });
        if (path.length === 0 && statesNamespace(mapping(content))) { this.values.push({ file: name, content: mapping(content) }); }
      }
    }
    if (isChecked) { this.faults.push(...faultsOf(document)); }
  }

  /** The object as it is applied, once for each result of the patches of kustomizations; whether there is any. */
  private addManifests(document: SourceDocument, content: Mapping, path: FieldPath, kustomizations: Kustomizations): boolean {
    const { name } = document.source;
    removeServerFields(content);
    const transformed = kustomizations.namespaceOf(name);
    let isAdded = false;
    for (const result of kustomizations.patched(name, content)) {
      const applied = appliedContent(result);
      if (typeof applied !== 'string') {
        this.manifests.push(new ManifestOfDocument(transformed === undefined ? applied : inNamespaceOf(transformed, applied), result.sets, document, path));
        isAdded = true;
      } else { this.pass(name, { reason: NotCheckedReason.PATCH, position: document.locate(path), problem: applied, fix: NO_REMEDY, isFinding: false }); }
    }
    return isAdded;
  }
}

/** What a kustomization makes of an object, or why that is not checked. */
function appliedContent({ content, origin, isDeleted = false }: PatchedContent): Mapping | string {
  if (origin === undefined) { return content!; }
  if (content === undefined) { return `a patch in ${origin} ${isDeleted ? 'deletes it' : 'changes it in a way that is not known here'}`; }
  const own = structuredClone(content);
  return fillPlaceholders(own).missing.length === 0 ? own : `a patch in ${origin} writes placeholders without a value into it`;
}

/** What is in the files that patches are in. */
function contentsIn(documents: ReadonlyArray<SourceDocument>): (file: string) => ReadonlyArray<unknown> | undefined {
  let byFile: Map<string, SourceDocument[]> | undefined;
  return (file) => {
    byFile ??= groupBy(documents, ({ source: { name } }) => posix.normalize(name.replaceAll('\\', '/')));
    const found = byFile.get(file);
    return found === undefined || found.some(({ error }) => error !== undefined) ? undefined : found.map(({ value }) => value);
  };
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

/** The namespace transformer of Kustomize gives its name to Namespaces, too. Measured with Kustomize 5.5. */
function inNamespaceOf({ namespace }: TransformedNamespace, content: Mapping): Mapping {
  const kind = text(content['kind']);
  if (isNamespace(content)) { return namespace === undefined ? content : { ...content, metadata: { ...mapping(content['metadata']), name: namespace } }; }
  return isClusterScoped(kind) ? content : { ...content, metadata: { ...mapping(content['metadata']), namespace } };
}

function isNamespace(content: Mapping): boolean {
  return content['kind'] === 'Namespace' && content['apiVersion'] === 'v1';
}

function faultsOf(document: SourceDocument): TextFault[] {
  return document.duplicates.map(({ path, offset }) => ({
    kind: TextFaultKind.DUPLICATE_KEY,
    position: document.positionAt(offset),
    path,
    problem: `key '${path.at(-1)!}' occurs twice in ${path.length === 1 ? 'the document' : `'${dotted(path.slice(0, -1))}'`}: kubectl applies the last value, and refuses it with strict validation`,
    fix: 'remove one of them',
  }));
}

/** A field path as people write it: `spec.dnsNames[0]`. */
export function dotted(path: FieldPath): string {
  return path.reduce<string>(entryPath, '');
}

/** A file that is encrypted as a whole, by its first characters: what follows may be binary. */
export function wholeFileEncryption(content: string): NotCheckedEntry | undefined {
  const program = content.startsWith('$ANSIBLE_VAULT;') ? 'ansible-vault' : content.startsWith('\0GITCRYPT') ? 'git-crypt'
    : content.startsWith('-----BEGIN AGE ENCRYPTED FILE-----') || content.startsWith('age-encryption.org/v1') ? 'age' : undefined;
  return program === undefined ? undefined : encryptedWith(program);
}

function encryptedWith(program: string): NotCheckedEntry {
  return { reason: NotCheckedReason.ENCRYPTED, problem: `encrypted with ${program}`, fix: 'check it where it is decrypted', isFinding: true };
}

/** A document with invalid YAML: a template, text with placeholders, or a fault. */
function unreadable(document: SourceDocument): NotCheckedEntry | undefined {
  const { error, collectionKey } = document;
  if (error === undefined && collectionKey === undefined) { return undefined; }
  const yaml = document.text;
  const { missing, isTemplate } = placeholdersInText(yaml);
  // Settings of other programs have a syntax and placeholders of their own.
  const isFinding = document.source.isNamed || /^[ \t-]*["']?(?:apiVersion|kind)["']?[ \t]*:/m.test(yaml);
  if (missing.length > 0) { return { ...placeholderEntry(missing, isTemplate, document.source.name), position: document.position, isFinding }; }
  const problem = error?.message ?? 'a mapping or a list is the key of a mapping';
  return {
    reason: error?.reason ?? NotCheckedReason.INVALID_YAML,
    position: document.positionAt(error?.offset ?? collectionKey!),
    problem,
    fix: error?.fix ?? 'quote it, if it is meant as a text',
    isFinding,
  };
}

/** Why a document or an item of a list is not checked. */
function notManifest(document: SourceDocument, value: unknown, kustomizations: Kustomizations): NotCheckedEntry | undefined {
  const { name } = document.source;
  const count = (reason: NotCheckedReason, problem: string): NotCheckedEntry => ({ reason, problem, fix: NO_REMEDY, isFinding: false });
  const content = mapping(value);
  if (isJsonPatch(value)) { return count(NotCheckedReason.PATCH, 'operations of a JSON patch'); }
  if (content !== value) { return count(NotCheckedReason.NO_MANIFEST, Array.isArray(value) ? 'a list, not an object' : 'a text, not an object'); }
  if (isKustomization(name, content)) { return count(NotCheckedReason.KUSTOMIZATION, 'read by Kustomize'); }
  const role = kustomizations.roleOf(name);
  if (role !== undefined) { return count(role, role === NotCheckedReason.PATCH ? 'a patch of a kustomization' : 'used by a kustomization'); }
  const [hasVersion, hasKind] = [content['apiVersion'], content['kind']].map((field) => typeof field === 'string' && field !== '') as [boolean, boolean];
  if (!hasVersion || !hasKind) {
    const reason = settingsReason(name, content);
    if (reason !== NotCheckedReason.NO_MANIFEST) { return count(reason, 'not applied to a cluster'); }
    if (!hasVersion && !hasKind) { return count(reason, 'neither apiVersion nor kind'); }
    return {
      reason: NotCheckedReason.FRAGMENT,
      problem: hasKind ? `kind ${text(content['kind'])} without apiVersion` : `apiVersion ${text(content['apiVersion'])} without kind`,
      fix: 'set apiVersion and kind, or exclude the file',
      // Others are of programs.
      isFinding: 'metadata' in content || 'spec' in content,
    };
  }
  const clientReason = clientKindReason(content);
  if (clientReason !== undefined) { return count(clientReason, `${text(content['kind'])} is read by a program, not applied to a cluster`); }
  const transformed = kustomizations.namespaceOf(name);
  if (isNamespace(content) && transformed !== undefined && transformed.namespace === undefined) { return count(NotCheckedReason.KUSTOMIZATION, 'a Namespace that several kustomizations give their names to'); }
  if (isTestFile(name)) { return count(NotCheckedReason.TEST, 'of a test'); }
  return encryptedEntry(content, document) ?? unfilledEntry(content, document) ?? partialEntry(content, document) ?? derivedEntry(content);
}

const CIPHER_TEXT = /ENC\[AES256_GCM,/;
const VAULT_TAG = /: +!vault\b/;

function encryptedEntry(content: Mapping, document: SourceDocument): NotCheckedEntry | undefined {
  const isSops = mapping(content['sops']) === content['sops'] || (document.has(CIPHER_TEXT) && CIPHER_TEXT.test(JSON.stringify(content)));
  const isVault = document.has(VAULT_TAG);
  if (!isSops && !isVault) { return undefined; }
  return {
    reason: NotCheckedReason.ENCRYPTED,
    problem: isSops ? 'encrypted with SOPS' : 'encrypted with ansible-vault',
    fix: 'check the decrypted file, or encrypt only the values of Secrets (encrypted_regex: ^(data|stringData)$)',
    // The values of a Secret decide nothing that can be seen in files.
    isFinding: content['kind'] !== 'Secret',
  };
}

function unfilledEntry(content: Mapping, document: SourceDocument): NotCheckedEntry | undefined {
  if (!document.has(MAY_HAVE_PLACEHOLDERS)) { return undefined; }
  const { missing, isTemplate } = fillPlaceholders(content);
  return missing.length === 0 ? undefined : placeholderEntry(missing, isTemplate, document.source.name);
}

function placeholderEntry(placeholders: readonly string[], isTemplate: boolean, file: string): NotCheckedEntry {
  if (!isTemplate) {
    return { reason: NotCheckedReason.PLACEHOLDERS, placeholders: [...placeholders], isFinding: true, problem: 'placeholders without a value', fix: remedyFor(placeholders) };
  }
  const isHelm = placeholders.some((placeholder) => /\.(Values|Release|Chart|Capabilities|Template|Files)\b|\b(include|template|define|end)\b/.test(placeholder))
    || /(^|[\\/])templates[\\/]/.test(file);
  return {
    reason: NotCheckedReason.TEMPLATE, placeholders: [...placeholders], isFinding: true,
    problem: isHelm ? 'Helm template' : 'template',
    fix: isHelm ? 'check the output of helm template' : 'check the rendered file',
  };
}

function remedyFor(placeholders: readonly string[]): string {
  const has = (pattern: RegExp) => placeholders.some((placeholder) => pattern.test(placeholder));
  if (has(/^\$\{\w+\}$/)) { return 'check the output of flux build or envsubst, or give the placeholders a default (${NAME:=value})'; }
  if (has(/^\$\{/)) { return 'check the rendered file'; }
  if (has(/^\$\(|^[A-Z][A-Z_]*$/)) { return 'check the output of kustomize build'; }
  return 'check the file with the values filled in';
}

function partialEntry(content: Mapping, document: SourceDocument): NotCheckedEntry | undefined {
  const missing = document.has(PATCH_DIRECTIVE) && hasPatchDirective(content) ? 'it has a directive of a strategic merge patch ($patch, $retainKeys or $setElementOrder)' : missingHalf(content);
  return missing === undefined ? undefined : {
    reason: NotCheckedReason.PATCH,
    problem: missing.startsWith('it ') ? `a patch: ${missing}` : `a part of a ${text(content['kind'])}: it has ${missing}`,
    fix: 'if it is a patch, check the output of kustomize build; otherwise complete it',
    // A kustomization of another folder, or one that is not in the input, may name it.
    isFinding: document.source.isNamed || !/patch/i.test(document.source.name.split(/[\\/]/).slice(-2).join('/')),
  };
}

function derivedEntry(content: Mapping): NotCheckedEntry | undefined {
  const controller = controllerOf(content);
  return controller === undefined ? undefined : { reason: NotCheckedReason.DERIVED, problem: `${text(content['kind'])} of ${controller}`, fix: NO_REMEDY, isFinding: false };
}
