import { execFileSync, ExecFileSyncOptions } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The root of the repository. */
export const REPOSITORY = resolve(__dirname, '../..');

/** Every file below a folder by its path there, with its text. */
export function filesBelow(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(entries.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
  }));
}

/** Runs the real cdk8s CLI of this repository. */
export function cdk8sCli(args: string[], options: ExecFileSyncOptions = {}): void {
  const cli = join(REPOSITORY, 'node_modules/cdk8s-cli/bin/cdk8s');
  execFileSync(process.execPath, [cli, ...args, '--check-upgrade=false'], { cwd: REPOSITORY, stdio: 'pipe', ...options });
}

/** The text of the fenced block that follows a marker comment in a Markdown text. */
export function markedBlock(markdown: string, marker: string): string {
  const start = markdown.indexOf(`<!-- ${marker} -->\n\`\`\``);
  if (start < 0) { throw new Error(`no block marked '${marker}'`); }
  const body = markdown.indexOf('\n', markdown.indexOf('```', start)) + 1;
  return markdown.slice(body, markdown.indexOf('\n```', body) + 1);
}
