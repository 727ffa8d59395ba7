import { scriptsBeside } from './scripts';

/** Where a script has the text, as shell and shellcheck read it. */
const INCLUDED = '# shellcheck source=src/postgres/plan/scripts/reloading.sh\n. ./reloading.sh\n';

const script = scriptsBeside(__dirname);

/** The script of a reloader with what all reloaders have in common, as one text. */
export function withReloading(text: string): string {
  const parts = text.split(INCLUDED);
  if (parts.length !== 2) { throw new Error(`a script includes reloading.sh ${parts.length - 1} times`); }
  return parts.join(script('reloading.sh').replace('# shellcheck shell=sh\n', ''));
}
