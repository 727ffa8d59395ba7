import { execFileSync, ExecFileSyncOptions } from 'node:child_process';
import { join } from 'node:path';
import { filesBelow, markedBlock, REPOSITORY } from '../../tools/repository';

export { filesBelow, markedBlock, REPOSITORY };

/** Runs the real cdk8s CLI of this repository. */
export function cdk8sCli(args: string[], options: ExecFileSyncOptions = {}): void {
  const cli = join(REPOSITORY, 'node_modules/cdk8s-cli/bin/cdk8s');
  execFileSync(process.execPath, [cli, ...args, '--check-upgrade=false'], { cwd: REPOSITORY, stdio: 'pipe', ...options });
}
