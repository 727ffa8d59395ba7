import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a shell script of `./scripts`, which the build copies beside the compiled code. */
export function script(name: string): string {
  return readFileSync(join(__dirname, 'scripts', name), 'utf8');
}
