import { script } from './scripts';
import { once } from '../../../data';
import { withReloading } from '../../plan/reloading';

/** Where the text for declarations goes: a line of reload.sh that follows it, and lines that it extends. */
const LOOP = '# As PID 1 the shell ignores these signals without a trap.\n';
const TAKE_OVER = '    take_over_password\n';
const CHECK = '  if responds; then settings_are_those_of_the_manifest "$1"; fi\n';

/** The script of the reloader, without what only declarations need where there are none. */
export function reloadScript(declares: boolean): string {
  return declares ? withDeclarations() : plain();
}

const plain = once(() => withReloading(script('reload.sh')));

/** One text for all databases of an app: it is long. */
const withDeclarations = once(() => (
  [
    [LOOP, `${script('declarations.sh')}\n${LOOP}`],
    [TAKE_OVER, `${TAKE_OVER}    take_over_declarations\n`],
    [CHECK, CHECK.replace('; fi', '; [ "$1" = after ] || take_over_declarations; fi')],
  ].reduce((text, [line, replacement]) => replaced(text, line!, replacement!), plain())
));

export function replaced(text: string, line: string, replacement: string): string {
  const parts = text.split(line);
  if (parts.length !== 2) { throw new Error(`reload.sh has the line '${line.trim()}' ${parts.length - 1} times; change it in reload-script.ts as well`); }
  return parts.join(replacement);
}
