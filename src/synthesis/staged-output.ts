import { closeSync, existsSync, lstatSync, mkdirSync, mkdtempSync, openSync, readdirSync, renameSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Prefix of the directory in which files wait. Tools that read a folder of manifests leave out what begins with a dot. */
const WAITING = '.synthesis-';

/** Characters that are written at once, of texts that are shorter. */
const AT_ONCE = 65_536;

/** A renamed file, and how it is renamed back. */
type Undo = () => void;

/**
 * Files of a directory that are all replaced or none. They are written to a temporary directory beside their places and renamed at the end; the
 * files that they replace are kept until then, and put back if one cannot be renamed. No more text than is written at once is kept in memory.
 */
export class StagedOutput {
  /** The waiting file of each file, by its path in the directory. */
  private readonly files = new Map<string, string>();
  private readonly waiting: string;
  private readonly made: string | undefined;
  private setAsideCount = 0;
  /** Whether the waiting directory has files of users. */
  private isKept = false;

  /** @param directory is created if it does not exist */
  public constructor(private readonly directory: string) {
    this.made = mkdirSync(directory, { recursive: true });
    this.waiting = mkdtempSync(join(directory, WAITING));
  }

  /** Writes a file; one of the same path is replaced, as cdk8s does. */
  public write(path: string, texts: Iterable<string>): void {
    const file = this.files.get(path) ?? join(this.waiting, String(this.files.size));
    this.files.set(path, file);
    const descriptor = openSync(file, 'w');
    try {
      let waiting = '';
      for (const text of texts) {
        waiting += text;
        if (waiting.length >= AT_ONCE) {
          writeSync(descriptor, waiting);
          waiting = '';
        }
      }
      writeSync(descriptor, waiting);
    } finally {
      closeSync(descriptor);
    }
  }

  /**
   * Puts all files in their places.
   *
   * @param stale paths of the directory that are removed with them
   */
  public publish(stale: readonly string[] = []): void {
    const undo: Undo[] = [];
    try {
      for (const path of stale) { undo.push(...this.setAside(path)); }
      for (const [path, file] of this.files) {
        undo.push(...this.makeFolder(path), ...this.setAside(path));
        const place = join(this.directory, path);
        renameSync(file, place);
        undo.push(() => { renameSync(place, file); });
      }
    } catch (error) {
      this.putBack(undo, error);
      throw error;
    }
    for (const folder of new Set(stale.map((path) => dirname(path)).filter((folder) => folder !== '.'))) {
      if (isEmpty(join(this.directory, folder))) { rmdirSync(join(this.directory, folder)); }
    }
    this.close();
  }

  /** Forgets the files that wait; the directory is as before. */
  public discard(): void {
    if (this.isKept) { return; }
    this.close();
    for (let folder = resolve(this.directory); this.made !== undefined && isEmpty(folder); folder = dirname(folder)) {
      rmdirSync(folder);
      if (folder === resolve(this.made)) { return; }
    }
  }

  /** Files of the directory, and of its folders, whose name ends with the extension and that are not among those written. */
  public others(extension: string): string[] {
    const list = (folder: string) => readdirSync(join(this.directory, folder), { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.'))
      .map((entry) => ({ entry, path: join(folder, entry.name) }));
    return list('')
      .flatMap((top) => (top.entry.isDirectory() ? list(top.path) : [top]))
      .filter(({ entry, path }) => entry.isFile() && path.endsWith(extension) && !this.files.has(path))
      .map(({ path }) => path);
  }

  private putBack(undo: readonly Undo[], cause: unknown): void {
    try {
      for (const step of [...undo].reverse()) { step(); }
    } catch {
      this.isKept = true;
      throw new Error(`${this.directory} is half written, and the files that were replaced are in ${this.waiting}: move them back. Cause: ${String(cause)}`, { cause });
    }
  }

  private setAside(path: string): Undo[] {
    const place = join(this.directory, path);
    const stat = lstatSync(place, { throwIfNoEntry: false });
    if (stat === undefined) { return []; }
    if (stat.isDirectory()) { throw new Error(`${place} is a directory; a manifest must be written there: move the directory, or set another outdir`); }
    const aside = join(this.waiting, `old-${this.setAsideCount}`);
    this.setAsideCount += 1;
    renameSync(place, aside);
    return [() => { renameSync(aside, place); }];
  }

  private makeFolder(path: string): Undo[] {
    const folder = join(this.directory, dirname(path));
    if (existsSync(folder)) { return []; }
    mkdirSync(folder, { recursive: true });
    return [() => { rmSync(folder, { recursive: true, force: true }); }];
  }

  private close(): void {
    rmSync(this.waiting, { recursive: true, force: true });
  }
}

function isEmpty(folder: string): boolean {
  return readdirSync(folder).length === 0;
}
