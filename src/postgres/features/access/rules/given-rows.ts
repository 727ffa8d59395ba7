import type { DatabaseContext } from '../../../plan/database-context';
import { SUPERUSER } from '../../../plan/roles';
import type { HbaRow } from '../../../../postgresql';

/** The rows of the access rules that the user gives, with their properties. */
export function givenRows({ props }: DatabaseContext): Array<{ readonly field: string; readonly row: HbaRow }> {
  return (props.accessRules ?? []).map((rule, index) => ({ field: `accessRules[${index}]`, row: rule._row }));
}

/** The property that a row of pg_hba.conf comes from; empty for a row of the pod or of the mode. */
export function fieldOfRow(database: DatabaseContext, row: HbaRow): string {
  return givenRows(database).find((given) => given.row === row)?.field ?? (row.users.includes(SUPERUSER) ? 'superuserAccess' : '');
}
