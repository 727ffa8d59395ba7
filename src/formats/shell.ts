import { memoizeByText } from '../data';

/** One simple command of a shell script, its words without their quotes, and the operator that follows it. */
export interface ShellCommand {
  readonly words: ReadonlyArray<string>;
  /** `;` also for the end of a line; empty for the last command. */
  readonly after: string;
}

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash']);

/** Words that stand before a command without being one. */
const KEYWORDS = new Set(['if', 'then', 'elif', 'else', 'while', 'until', 'do', '!', '{', '(', 'time']);

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function isShell(word: string): boolean {
  return SHELLS.has(baseName(word));
}

/** The input of a shell: the text after `-c`, or the script file in its arguments. */
export function shellInput(argv: ReadonlyArray<string>): { readonly text?: string; readonly file?: string } {
  const options = argv.slice(1);
  const flag = options.findIndex((word) => /^-[a-z]*c[a-z]*$/.test(word));
  if (flag >= 0) { return { text: options.slice(flag + 1).find((word) => !word.startsWith('-')) }; }
  return { file: options.find((word) => !word.startsWith('-')) };
}

/**
 * The simple commands of a shell script, with their words. Variables and substitutions are not expanded.
 */
export const shellCommands = memoizeByText(parse);

function parse(script: string): ReadonlyArray<ShellCommand> {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  const end = (after: string) => {
    while (words.length > 0 && KEYWORDS.has(words[0]!)) { words.shift(); }
    if (words.length > 0) { commands.push({ words, after }); }
    words = [];
  };
  const token = /\\\n|[ \t\r]+|#[^\n]*|(&&|\|\||[;&|\n()])|((?:\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\$\([^()]*\)|[^\s;&|()'"\\])+)|[\s\S]/g;
  for (const [, operator, word] of script.matchAll(token)) {
    if (word !== undefined) { words.push(unquoted(word)); } else if (operator !== undefined) { end(operator === '\n' ? ';' : operator); }
  }
  end('');
  return commands;
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])/g, (_, single?: string, double?: string, escaped?: string) =>
    single ?? double?.replace(/\\([\\"$`\n])/g, '$1') ?? escaped ?? '');
}
