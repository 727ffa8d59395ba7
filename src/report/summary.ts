import { type CheckedInput, countFindings, type Report } from './report';
import { groupBy } from '../data';

/** How much was checked, what was not and why: the first line of every answer to people. */
export function checkedLine({ files, manifests, notChecked }: CheckedInput): string {
  const checked = `checked ${count(manifests, 'manifest')} in ${count(files, 'file')}`;
  if (notChecked.length === 0) { return checked; }
  const reasons = [...groupBy(notChecked, ({ reason }) => reason)].map(([reason, entries]) => ({ reason, documents: sum(entries.map(({ documents }) => documents)) }));
  reasons.sort((one, other) => other.documents - one.documents || (one.reason < other.reason ? -1 : 1));
  return `${checked}; not checked: ${reasons.map(({ reason, documents }) => `${documents} ${reason}`).join(', ')}`;
}

/** The findings in numbers. */
export function findingsLine({ findings, known, gone }: Report): string {
  const { errors, warnings, acknowledged } = countFindings(findings);
  const open = errors + warnings === 0 ? ['no findings'] : [...some(errors, 'error'), ...some(warnings, 'warning')];
  const others = [
    ...(acknowledged === 0 ? [] : [`${acknowledged} acknowledged`]),
    ...(known.length === 0 ? [] : [`${known.length} in the baseline`]),
    ...(gone.length === 0 ? [] : [`${sum(gone.map((entry) => entry.count))} of the baseline gone`]),
  ];
  return [...open, ...others].join(', ');
}

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function some(number: number, what: string): string[] {
  return number === 0 ? [] : [count(number, what)];
}

function sum(numbers: ReadonlyArray<number>): number {
  return numbers.reduce((total, number) => total + number, 0);
}
