import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { find, postgresBinaries, type Identity, type Manifest } from '../local';

/** UID and GID of `postgres` in the image. */
export const POSTGRES: Identity = { uid: 999, gid: 999 };

/** Says loudly why the suite cannot run here; a suite that was asked for and did not run has failed. */
export function demandSystem(): void {
  const missing = ['psql', 'openssl', 'unshare', 'setpriv', 'timeout', 'busybox'].filter((tool) => {
    try {
      execFileSync('sh', ['-c', `command -v ${tool}`], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
  if (process.getuid?.() !== 0) { missing.unshift('root'); }
  if (missing.length > 0) { throw new Error(`the postgres-root suite DID NOT RUN: it needs ${missing.join(', ')}`); }
}

/**
 * A command that runs another one as the image would: UID 999 is called `postgres`, which peer authentication asks for. The
 * names are changed in a mount namespace of the process alone. With the documents of a StatefulSet, so is the hosts file, which kubelet writes.
 */
export function asInTheImage(documents?: readonly Manifest[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'etc-'));
  const [passwd, hosts] = [join(folder, 'passwd'), join(folder, 'hosts')];
  const aliases = documents && find(documents, 'StatefulSet').spec.template.spec.hostAliases;
  writeFileSync(hosts, ['127.0.0.1 localhost', ...(aliases ?? []).map(({ ip, hostnames }) => `${ip} ${hostnames.join(' ')}`), ''].join('\n'));
  writeFileSync(passwd, `root:x:0:0:root:/root:/bin/sh\npostgres:x:${POSTGRES.uid}:${POSTGRES.gid}::/var/lib/postgresql:/bin/sh\n`);
  const become = `mount --bind ${passwd} /etc/passwd && ${documents === undefined ? '' : `mount --bind ${hosts} /etc/hosts && `}exec setpriv --reuid=${POSTGRES.uid} --regid=${POSTGRES.gid} --clear-groups --no-new-privs -- "$@"`;
  return ['unshare', '--mount', 'sh', '-c', become, 'sh'];
}

/** The environment of an image whose shell and tools are those of BusyBox. What stands for the container runtime (`asInTheImage`) stays. */
export function busyBox(major: number): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'busybox-'));
  chmodSync(folder, 0o755);
  const [program] = execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).split('\n');
  const applets = execFileSync(program!, ['--list'], { encoding: 'utf8' }).trim().split('\n').filter((name) => !['unshare', 'mount', 'setpriv'].includes(name));
  for (const applet of applets) { symlinkSync(program!, join(folder, applet)); }
  return { PATH: `${folder}:${postgresBinaries(major).binDir}:${process.env['PATH']}` };
}
