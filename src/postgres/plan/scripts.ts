import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoizeByText } from '../../data';

/** The texts of the folder `scripts` beside a module, which the build copies beside the compiled code. Read once: all databases have the same texts. */
export function scriptsBeside(folder: string): (name: string) => string {
  return memoizeByText((name) => readFileSync(join(folder, 'scripts', name), 'utf8'));
}
