import { numberIn } from '../../../../postgresql';

export function mebibytes(kib: number): string {
  return `${Math.round(numberIn(`${kib}kB`, 'MB')!)}Mi`;
}
