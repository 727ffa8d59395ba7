import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoizeByText } from '../../../data';

/** The text of a shell script of `./scripts`, which the build copies beside the compiled code. */
export const script = memoizeByText((name) => readFileSync(join(__dirname, 'scripts', name), 'utf8'));
