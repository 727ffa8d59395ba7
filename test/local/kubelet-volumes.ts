import {
  chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { SourceOptions } from './manifests';

/** Whose the files are: root's with the pod's fsGroup, as kubelet leaves them, or the run user's, where the tests are not root. */
export type Ownership = 'kubelet' | 'own';

export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

export interface VolumeOwner {
  readonly ownership: Ownership;
  /** Read under `kubelet`; without it the group stays root's and the modes as written. */
  readonly fsGroup?: number;
  /** Read under `own`; the current user by default. */
  readonly user?: Identity;
}

export interface ProjectedFile {
  readonly content: string;
  readonly mode: number;
}

/** Path in the volume → file. */
export type Payload = ReadonlyMap<string, ProjectedFile>;

export function defaultOwnership(): Ownership {
  return process.getuid?.() === 0 ? 'kubelet' : 'own';
}

/** What a Secret or ConfigMap volume holds; an absent source or key is an error as long as it is not optional (kubelet holds the pod). */
export function projectSource(what: string, data: Readonly<Record<string, string>> | undefined, options: SourceOptions): Payload {
  const { items, optional = false, defaultMode = 0o644 } = options;
  if (data === undefined) {
    if (optional) { return new Map(); }
    throw new Error(`${what} does not exist`);
  }
  const entries = items ?? Object.keys(data).map((key) => ({ key, path: key, mode: undefined }));
  return new Map(entries.flatMap(({ key, path, mode }) => {
    const content = data[key];
    if (content === undefined) {
      if (optional) { return []; }
      throw new Error(`${what} has no key '${key}'`);
    }
    return [[path, { content, mode: mode ?? defaultMode }]];
  }));
}

/**
 * A Secret, ConfigMap or projected volume as kubelet's atomic writer keeps it: files in a timestamped directory, `..data` pointing there,
 * visible names pointing through `..data`. Source: kubernetes pkg/volume/util/atomic_writer.go.
 */
export class AtomicVolume {
  private current = '';

  constructor(readonly directory: string, private readonly owner: VolumeOwner) {
    mkdirSync(directory);
    // Kubelet backs these by a tmpfs, whose root is sticky and open; the container sees it read-only.
    chmodSync(directory, 0o1777);
    hand(directory, owner, READ_ONLY);
  }

  /** Swaps in a new content at once; an unchanged one leaves everything as it is, timestamps included. */
  write(payload: Payload): void {
    if (this.current !== '' && this.holds(payload)) { return; }
    const previous = this.current;
    const stamp = new Date().toISOString().slice(0, 19).replace(/[-T:]/g, '_');
    const fresh = mkdtempSync(join(this.directory, `..${stamp}.`));
    chmodSync(fresh, 0o755);
    for (const [path, { content, mode }] of payload) {
      mkdirSync(dirname(join(fresh, path)), { recursive: true, mode: 0o755 });
      writeFileSync(join(fresh, path), content);
      chmodSync(join(fresh, path), this.owner.ownership === 'own' ? ownMode(mode) : mode);
    }
    walk(fresh, (path) => hand(path, this.owner, READ_ONLY));
    symlinkSync(fresh.slice(this.directory.length + 1), join(this.directory, '..data_tmp'));
    renameSync(join(this.directory, '..data_tmp'), join(this.directory, '..data'));
    this.current = fresh;
    this.link(payload);
    if (previous !== '') { rmSync(previous, { recursive: true }); }
  }

  private holds(payload: Payload): boolean {
    const present: string[] = [];
    walk(this.current, (path) => {
      if (statSync(path).isFile()) { present.push(path.slice(this.current.length + 1)); }
    });
    return present.length === payload.size
      && present.every((path) => payload.get(path)?.content === readFileSync(join(this.current, path), 'utf8'));
  }

  private link(payload: Payload): void {
    const names = new Set([...payload.keys()].map((path) => path.split('/')[0]!));
    for (const name of names) {
      if (!exists(join(this.directory, name))) { symlinkSync(join('..data', name), join(this.directory, name)); }
    }
    readdirSync(this.directory)
      .filter((name) => !name.startsWith('..') && !names.has(name))
      .forEach((name) => rmSync(join(this.directory, name)));
  }
}

/** An emptyDir: open to everyone, and the group's when there is an fsGroup. */
export function createEmptyDir(directory: string, owner: VolumeOwner): void {
  mkdirSync(directory);
  chmodSync(directory, 0o777);
  hand(directory, owner, READ_WRITE);
}

/** The root of a fresh file system behind a claim: root's, and writable for others only through the fsGroup. */
export function createClaim(directory: string, owner: VolumeOwner): void {
  mkdirSync(directory);
  chmodSync(directory, 0o755);
  hand(directory, owner, READ_WRITE);
}

/**
 * What kubelet does to a claim each time a pod starts with it; it opens PGDATA to the group, which PostgreSQL refuses.
 * Source: kubernetes pkg/volume/volume_linux.go.
 */
export function applyFsGroup(directory: string, owner: VolumeOwner, changePolicy = 'Always'): void {
  const { ownership, fsGroup } = owner;
  if (ownership === 'own' || fsGroup === undefined) { return; }
  const { gid, mode } = statSync(directory);
  const matches = gid === fsGroup && (mode & 0o2770) === 0o2770;
  if (changePolicy === 'OnRootMismatch' && matches) { return; }
  walk(directory, (path) => hand(path, owner, READ_WRITE));
}

/** Where `..data` points: changes with every swap. */
export function currentGeneration(directory: string): string {
  return readlinkSync(join(directory, '..data'));
}

const READ_ONLY = 0o440;
const READ_WRITE = 0o660;

function hand(path: string, { ownership, fsGroup, user }: VolumeOwner, mask: number): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) { return; }
  if (ownership === 'own') {
    if (user !== undefined && (user.uid !== stat.uid || user.gid !== stat.gid)) { chownSync(path, user.uid, user.gid); }
  } else if (fsGroup !== undefined) {
    // Owner first: chown clears the setgid bit.
    chownSync(path, stat.uid, fsGroup);
    chmodSync(path, (stat.mode & 0o7777) | mask | (stat.isDirectory() ? 0o2110 : 0));
  }
}

/**
 * A key may not be open to its group when the server's user owns it, but may be when root does (PostgreSQL `check_ssl_key_file_permissions`).
 * So group bits that PostgreSQL would accept in a cluster are dropped, and modes that it would refuse are kept, to be refused here too.
 */
function ownMode(mode: number): number {
  return (mode & 0o037) === 0 ? mode & 0o700 : mode;
}

function walk(path: string, visit: (path: string) => void): void {
  visit(path);
  const stat = lstatSync(path);
  if (stat.isDirectory()) { readdirSync(path).forEach((name) => walk(join(path, name), visit)); }
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
