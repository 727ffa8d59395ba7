import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText } from './decode-text';

/** A name and its text. */
export type NamedText = readonly [string, string];

/** The text of a file. */
export function readText(file: string): string {
  try {
    const bytes = readFileSync(file);
    return decodeText(bytes) ?? bytes.toString('utf8');
  } catch (error) {
    throw new Error(`[${printable(file)}] the file cannot be read (${reason(error)}); give the path of a YAML file, nothing was checked`, { cause: error });
  }
}

/** The YAML files of a folder and its subfolders. */
export function folderTexts(folder: string): NamedText[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isYaml).sort();
  return files.filter((file) => !isFolder(join(folder, file))).map((file) => [file, readText(join(folder, file))]);
}

/** The YAML files of a folder in a revision of its git repository. */
export function revisionTexts(folder: string, revision: string): NamedText[] {
  const git = (...args: string[]): string => {
    try {
      return execFileSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      throw new Error(`committed manifests: git cannot read folder '${folder}' at revision '${revision}' (${gitReason(error)}); use a folder of `
        + 'a git repository and an existing revision, or CommittedManifests.none() if nothing has been deployed yet', { cause: error });
    }
  };
  const files = git('ls-tree', '-r', '-z', '--name-only', '--end-of-options', revision, '.').split('\0').filter(isYaml);
  return files.map((file) => [file, git('show', '--end-of-options', `${revision}:./${file}`)]);
}

/** Whether there is a folder at a path. */
export function isFolder(path: string): boolean {
  return statsOf(path)?.isDirectory() ?? false;
}

/** Whether there is anything at a path. */
export function isThere(path: string): boolean {
  return statsOf(path) !== undefined;
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // not a valid path
  }
}

function isYaml(file: string): boolean {
  return /\.ya?ml$/.test(file);
}

/** The first line of git's error output, or that git is not installed. */
function gitReason(error: unknown): string {
  const { code, stderr } = error as { readonly code?: string; readonly stderr?: string };
  if (code === 'ENOENT') { return 'the command git is not found'; }
  return (stderr ?? '').split('\n')[0] || reason(error);
}

function reason(error: unknown): string {
  switch ((error as { readonly code?: string }).code) {
    case 'ENOENT': return 'it does not exist';
    case 'EISDIR': return 'it is a folder';
    case 'EACCES': return 'permission is denied';
    default: return (error as Error).message;
  }
}

/** A path without null bytes, for messages. */
export function printable(file: string): string {
  return file.replaceAll('\0', '\\0');
}
