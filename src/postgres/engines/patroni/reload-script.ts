import { patroniScript } from './scripts';
import { replaced, reloadScript as sharedScript } from '../pods/reload-script';
import { memoizeByText } from '../../../data';

/** Where the text for members goes: lines of reload.sh that it precedes or extends. */
const LOOP = '# As PID 1 the shell ignores these signals without a trap.\n';
const FILES = '    take_over_files && tell_changed_authorities\n';
const CHECK = '  if responds; then settings_are_those_of_the_manifest "$1"; ';

/** The script of the reloader of a member: it also reloads Patroni, and what the leader's server alone can take is taken over there. */
export function reloadScript(declares: boolean): string {
  return declares ? scriptOf('declares') : scriptOf('');
}

const scriptOf = memoizeByText((declares) => {
  const text = [
    [LOOP, `${patroniScript('member.sh')}\n${LOOP}`],
    [FILES, `${FILES}    take_over_member\n`],
    [CHECK, `${CHECK}on_leader store_is_that_of_the_manifest; take_over_again_as_leader; `],
  ].reduce((script, [line, replacement]) => replaced(script, line!, replacement!), sharedScript(declares !== ''));
  return text.replace(/^ {4}(take_over_(?:roles|password|declarations))$/gm, '    on_leader $1').replace('|| take_over_declarations; fi', '|| on_leader take_over_declarations; fi');
});
