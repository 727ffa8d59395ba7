import type { DatabaseContext } from '../../../plan/database-context';
import { parameterValue } from '../../../plan/parameters';
import { booleanIn, numberIn } from '../../../../postgresql';

/** The effective values of the parameters, as text, number and boolean. */
export function effectiveValues({ plan }: DatabaseContext) {
  const of = (name: string): string => parameterValue(plan, name);
  return {
    of,
    amount: (name: string, unit: string): number => numberIn(of(name), unit) ?? 0,
    isOn: (name: string): boolean => booleanIn(of(name)) === true,
  };
}
