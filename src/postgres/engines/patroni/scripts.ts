import { scriptsBeside } from '../../plan/scripts';

/** The text of a shell script of `./scripts`. */
export const patroniScript = scriptsBeside(__dirname);
