import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { decodeText } from './decode-text';
import { codeOf, findFiles, unreadableEntry } from './found-files';
import { NotCheckedEntry, NotCheckedReason } from './not-checked';
import { ReadResult, readSources, Source, wholeFileEncryption } from './read-texts';
import { printable } from './yaml-files';

/** Standard input in positions. */
export const STDIN = '<stdin>';

/** Limits that keep memory bounded, of one file and of all files: objects take about nine times the size of their text. */
const MAX_FILE = 100 * 1024 * 1024;
const MAX_TOTAL = 128 * 1024 * 1024;

export interface ReadPathsOptions {
  /**
   * File descriptor that the path `-` stands for.
   *
   * @default 0
   */
  readonly stdin?: number;
  /**
   * Largest size of a file, in bytes.
   *
   * @default 104857600
   */
  readonly maxFileSize?: number;
  /**
   * Largest size of all files, in bytes.
   *
   * @default 134217728
   */
  readonly maxTotalSize?: number;
}

/**
 * The manifests of files, and what was not checked.
 *
 * Never throws: what cannot be read is in `notChecked`.
 *
 * @param paths files, folders (their YAML and JSON files, and those of subfolders), patterns such as `apps/**\/*.yaml`, and `-` for standard input
 */
export function readPaths(paths: readonly string[], { stdin = 0, maxFileSize = MAX_FILE, maxTotalSize = MAX_TOTAL }: ReadPathsOptions = {}): ReadResult {
  let left = maxTotalSize;
  const read = (name: string, isNamed: boolean, open: () => number, close: (file: number) => void): Source => {
    const bytes = boundedBytes(open, close, Math.min(maxFileSize, left));
    if (!Buffer.isBuffer(bytes)) { return { name, isNamed, text: bytes === 'too large' ? tooLarge(left < maxFileSize ? maxTotalSize : maxFileSize, left < maxFileSize) : bytes }; }
    left -= bytes.length;
    const encryption = wholeFileEncryption(bytes.subarray(0, 64).toString('latin1'));
    if (encryption !== undefined) { return { name, isNamed, text: encryption }; }
    return { name, isNamed, text: decodeText(bytes) ?? { reason: NotCheckedReason.BINARY, problem: 'not a text in UTF-8 or UTF-16', fix: 'exclude the file', isFinding: false } };
  };
  return readSources((function* () {
    const files = paths.filter((path, index) => path !== '-' || paths.indexOf('-') === index);
    for (const path of files) {
      if (path === '-') { yield read(STDIN, true, () => stdin, () => undefined); }
    }
    for (const { path, entry, isNamed = false } of findFiles(files.filter((path) => path !== '-'))) {
      yield entry === undefined ? read(path, isNamed, () => openSync(path, 'r'), closeSync) : { name: printable(path), isNamed, text: entry };
    }
  })());
}

function tooLarge(limit: number, isTotal: boolean): NotCheckedEntry {
  const size = `${Math.floor(limit / 1024 / 1024)} MiB`;
  return {
    reason: NotCheckedReason.TOO_LARGE, isFinding: true,
    problem: isTotal ? `the files have more than ${size} together` : `the file has more than ${size}`,
    fix: isTotal ? 'check them in several runs' : 'split it',
  };
}

const CHUNK = 1024 * 1024;

/** The bytes of a file, of a pipe or of standard input, if they are not more than a limit. */
function boundedBytes(open: () => number, close: (file: number) => void, limit: number): Buffer | 'too large' | NotCheckedEntry {
  let file: number | undefined;
  try {
    file = open();
    const { size } = fstatSync(file);
    if (size > limit) { return 'too large'; }
    const chunks: Buffer[] = [];
    let total = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(size - total + 1, 65_536)));
      const count = readChunk(file, chunk);
      if (count === 0) { return Buffer.concat(chunks, total); }
      chunks.push(chunk.subarray(0, count));
      total += count;
      if (total > limit) { return 'too large'; }
    }
  } catch (error) {
    return unreadableEntry(codeOf(error), 'give a file that can be read');
  } finally {
    if (file !== undefined) { close(file); }
  }
}

/** Waits for a pipe that has nothing yet: Node opens standard input without blocking. */
function readChunk(file: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      // Windows reports the end of a pipe so.
      if (codeOf(error) === 'EOF') { return 0; }
      if (codeOf(error) !== 'EAGAIN') { throw error; }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
