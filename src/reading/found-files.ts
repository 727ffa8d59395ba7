import { Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { globBase, globPattern, isGlob } from './glob';
import { NotCheckedEntry, NotCheckedReason } from './not-checked';

/** A file that is to be read, or why a path gives none. */
export interface FoundFile {
  readonly path: string;
  readonly entry?: NotCheckedEntry;
  /** Whether it is one of the paths itself. */
  readonly isNamed?: boolean;
}

/** Folders with files of others. */
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules', '.terraform']);

/**
 * The files of paths: a file itself, YAML and JSON files of a folder and its subfolders, the files that match a pattern. Each file once, in the order of the
 * paths, and by name in a folder.
 *
 * Symbolic links are followed, each folder once, so that a loop ends.
 */
export function* findFiles(paths: readonly string[]): Generator<FoundFile> {
  const seen = new Set<string>();
  for (const path of paths) {
    for (const found of filesOf(path, new Set())) {
      const real = found.entry === undefined ? realPath(found.path) : undefined;
      if (real === undefined || !seen.has(real)) { yield found; }
      if (real !== undefined) { seen.add(real); }
    }
  }
}

function* filesOf(path: string, folders: Set<string>): Generator<FoundFile> {
  const stats = statsOf(path);
  if (typeof stats !== 'string') {
    if (stats.isDirectory()) { yield* filesIn(path, isManifestFile, folders); } else { yield { path, isNamed: true }; }
  } else if (isGlob(path) && stats === 'ENOENT') {
    yield* matching(path, folders);
  } else {
    yield { path, entry: unreadableEntry(stats, 'give the path of a file or a folder') };
  }
}

function* matching(pattern: string, folders: Set<string>): Generator<FoundFile> {
  const normal = pattern.replace(/^(?:\.\/)+/, '');
  const isMatch = globPattern(normal);
  const isPlaced = pattern !== normal;
  let isAny = false;
  for (const found of filesIn(globBase(normal), () => true, folders)) {
    const name = found.path.replace(/^(?:\.\/)+/, '');
    if (found.entry === undefined && !isMatch.test(name)) { continue; }
    isAny = true;
    yield { ...found, path: isPlaced ? `./${name}` : name };
  }
  if (!isAny) { yield { path: pattern, entry: { reason: NotCheckedReason.UNREADABLE, problem: 'no file matches the pattern', fix: 'correct the pattern', isFinding: true } }; }
}

/** Files of a folder and its subfolders, sorted by name. */
function* filesIn(folder: string, isWanted: (name: string) => boolean, folders: Set<string>): Generator<FoundFile> {
  const real = realPath(folder) ?? folder;
  if (folders.has(real)) { return; }
  folders.add(real);
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield { path: folder, entry: unreadableEntry(codeOf(error), 'allow reading it, or exclude it') };
    return;
  }
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const stats = entry.isSymbolicLink() ? statsOf(path) : entry;
    // A link to nothing is no file of the folder; pipes and devices would not end.
    if (typeof stats === 'string') { continue; }
    if (stats.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) { yield* filesIn(path, isWanted, folders); }
    if (stats.isFile() && isWanted(entry.name)) { yield { path }; }
  }
}

function isManifestFile(name: string): boolean {
  return /\.(?:ya?ml|json|jsonl|ndjson)$/i.test(name);
}

function statsOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    return codeOf(error);
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

export function codeOf(error: unknown): string {
  return (error as { readonly code?: string }).code ?? (error as Error).message;
}

/** A file or folder that cannot be read, by the code of the operating system. */
export function unreadableEntry(code: string, fix: string): NotCheckedEntry {
  return { reason: NotCheckedReason.UNREADABLE, problem: REASONS[code] ?? `it cannot be read (${code})`, fix, isFinding: true };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ELOOP: 'a symbolic link leads back to itself',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'the path is too long',
  ERR_INVALID_ARG_VALUE: 'the path has a null byte',
};
