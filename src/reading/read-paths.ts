import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { decodeText } from './decode-text';
import { codeOf, findFiles, unreadableEntry } from './found-files';
import { NotCheckedEntry, NotCheckedReason } from './not-checked';
import { ReadResult, readSources, Source, wholeFileEncryption } from './read-texts';
import { printable } from './yaml-files';

/** Standard input in positions. */
export const STDIN = '<stdin>';

/** Limits that keep memory bounded: of the text, and of the values in it, which may take many times its size. */
const MAX_SIZE = 256 * 1024 * 1024;
const MAX_VALUES = 12_000_000;

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
   * @default 268435456
   */
  readonly maxFileSize?: number;
  /**
   * Most values in all files: lines, and mappings, lists and their items in flow style. About 100 bytes of memory each.
   *
   * @default 12000000
   */
  readonly maxValues?: number;
  /**
   * Largest size of all files, in bytes.
   *
   * @default 268435456
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
export function readPaths(paths: readonly string[], { stdin = 0, maxFileSize = MAX_SIZE, maxTotalSize = MAX_SIZE, maxValues = MAX_VALUES }: ReadPathsOptions = {}): ReadResult {
  let left = maxTotalSize;
  let valuesLeft = maxValues;
  let isFull = false;
  // All files are too large together: one finding is enough.
  const oneOfAll = (entry: NotCheckedEntry): NotCheckedEntry => {
    const isFinding = !isFull;
    isFull = true;
    return { ...entry, isFinding };
  };
  const read = (name: string, isNamed: boolean, open: () => number, close: (file: number) => void): Source => {
    const bytes = boundedBytes(open, close, Math.min(maxFileSize, left));
    if (!Buffer.isBuffer(bytes)) { return { name, isNamed, text: bytes !== 'too large' ? bytes : left < maxFileSize && left < maxTotalSize ? oneOfAll(tooLarge(mebibytes(maxTotalSize), true)) : tooLarge(mebibytes(Math.min(maxFileSize, maxTotalSize)), false) }; }
    const values = valuesIn(bytes);
    if (values > valuesLeft) {
      const most = `${maxValues} values`;
      return { name, isNamed, text: valuesLeft === maxValues ? tooLarge(most, false) : oneOfAll(tooLarge(most, true)) };
    }
    left -= bytes.length;
    valuesLeft -= values;
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

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 / 1024)} MiB`;
}

/** About how many values a text in YAML or JSON has. */
function valuesIn(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes as Uint8Array) {
    if (byte === 10 /* line feed */ || byte === 44 /* , */ || byte === 91 /* [ */ || byte === 123 /* { */) { count++; }
  }
  return count;
}

function tooLarge(size: string, isTotal: boolean): NotCheckedEntry {
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
    // A file has its size, a pipe has not: it grows.
    let bytes = Buffer.allocUnsafeSlow(size > 0 ? size + 1 : CHUNK);
    for (let total = 0; ;) {
      const count = readChunk(file, bytes.subarray(total));
      total += count;
      if (count === 0) { return bytes.subarray(0, total); }
      if (total > limit) { return 'too large'; }
      if (total === bytes.length) { bytes = Buffer.concat([bytes, Buffer.allocUnsafeSlow(bytes.length)]); }
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
