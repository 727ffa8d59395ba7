import type { DatabaseContext } from '../../../plan/database-context';
import { HbaRow } from '../../../../postgresql';

export const own = ({ props }: DatabaseContext): HbaRow[] => (props.accessRules ?? []).map((rule) => rule._row);

export function describeRow({ type, databases, users, address, method }: HbaRow): string {
  return `the rule '${[type, databases.join(','), users.join(','), address, method].filter((part) => part !== undefined).join(' ')}'`;
}
