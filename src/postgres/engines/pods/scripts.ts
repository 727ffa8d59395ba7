import { scriptsBeside } from '../../plan/scripts';

/** The text of a shell script of `./scripts`. */
export const script = scriptsBeside(__dirname);
