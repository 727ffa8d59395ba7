import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The root of the repository. */
export const REPOSITORY = resolve(__dirname, '..');

/** Every file below a folder by its path there, with its text. */
export function filesBelow(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(entries.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
  }));
}

/** The text of the fenced block that follows a marker comment in a Markdown text. */
export function markedBlock(markdown: string, marker: string): string {
  const start = markdown.indexOf(`<!-- ${marker} -->\n\`\`\``);
  if (start < 0) { throw new Error(`no block marked '${marker}'`); }
  const body = markdown.indexOf('\n', markdown.indexOf('```', start)) + 1;
  return markdown.slice(body, markdown.indexOf('\n```', body) + 1);
}
