import { callOf, declaredRoles, isAbsent, presentRoles } from '../resolve-declarations';
import type { DatabaseContext } from '../../../plan/database-context';
import { SUPERUSER } from '../../../plan/roles';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const removalIncomplete: Rule<DatabaseContext> = {
  id: 'removal-incomplete',
  code: 'PGTLS-P97',
  title: 'removal of a role or database without a decision about what it owns or contains',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('role-removal.html', 'Dropping Roles', 'a role cannot be dropped while it owns objects or has privileges')],
  check: ({ plan: { declarations } }, report) => {
    const present = new Set(presentRoles(declarations).map(({ name }) => name));
    for (const { name, call, options: { state } } of declaredRoles(declarations).filter(({ options }) => isAbsent(options))) {
      const { reassignOwnedTo: heir, dropOwned = false, deleteData } = state!._options;
      const field = `${call}.state`;
      if (deleteData !== undefined) { report(field, `the removal of role '${name}' has deleteData, which is for databases`); }
      if (heir === undefined && !dropOwned) { report(field, `the removal of role '${name}' leaves open what becomes of the objects that it owns`); }
      if (heir !== undefined && dropOwned) { report(field, `the removal of role '${name}' has both reassignOwnedTo and dropOwned`); }
      if (heir !== undefined && heir !== SUPERUSER && !present.has(heir)) {
        report(field, `the removal of role '${name}' gives its objects to role '${heir}', which is not declared`, `declare it: db.${callOf('addRole', heir)}, or name another role`);
      }
    }
    for (const { name, options: { state } } of declarations.databases.filter(({ options }) => isAbsent(options))) {
      const { deleteData = false, reassignOwnedTo, dropOwned } = state!._options;
      const field = `${callOf('addDatabase', name)}.state`;
      const keep = 'DeclaredState.absent({ deleteData: true }) drops the database with all its data; delete the declaration to keep it';
      if (!deleteData) { report(field, `the removal of database '${name}' does not state that its data is deleted`, keep); }
      if (reassignOwnedTo !== undefined || dropOwned !== undefined) { report(field, `the removal of database '${name}' has ${reassignOwnedTo === undefined ? 'dropOwned' : 'reassignOwnedTo'}, which is for roles`, keep); }
    }
  },
  fix: "set exactly one: DeclaredState.absent({ reassignOwnedTo: 'ROLE' }) gives the objects to another declared role, DeclaredState.absent({ dropOwned: true }) drops them",
};
