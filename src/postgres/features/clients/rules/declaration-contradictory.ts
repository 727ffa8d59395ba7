import { callOf, databasesOf, declaredRoles, isOwner } from '../resolve-declarations';
import type { DatabaseContext } from '../../../plan/database-context';
import { duplicates } from '../../../../data';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const declarationContradictory: Rule<DatabaseContext> = {
  id: 'declaration-contradictory',
  code: 'PGTLS-P95',
  title: 'role or database declared twice, or with two owners',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('ddl-priv.html', 'Privileges', 'an object has one owner'), postgresPage('role-membership.html', 'Role Membership')],
  check: ({ plan: { declarations } }, report) => {
    const { databases, clients } = declarations;
    const twice = 'declare it once, with all options';
    const roles = declaredRoles(declarations);
    for (const name of duplicates(roles.map((role) => role.name))) {
      const calls = roles.filter((role) => role.name === name).map(({ call }) => call);
      report(calls.at(-1)!, `role '${name}' is declared ${calls.length} times: ${calls.join(', ')}`, twice);
    }
    for (const name of duplicates(databases.map((database) => database.name))) { report(callOf('addDatabase', name), `database '${name}' is declared more than once`, twice); }
    for (const { name, options: { schemas = [], extensions = [] } } of databases) {
      for (const schema of duplicates(schemas.map((one) => one.name))) { report(`${callOf('addDatabase', name)}.schemas`, `database '${name}' declares the schema '${schema}' more than once`, twice); }
      for (const extension of duplicates(extensions.map((one) => one.name))) {
        report(`${callOf('addDatabase', name)}.extensions`, `database '${name}' declares the extension '${extension}' more than once`, twice);
      }
    }
    const owners = [
      ...databases.flatMap(({ name, options: { owner } }) => (owner === undefined ? [] : [{ database: name, owner, field: `${callOf('addDatabase', name)}.owner` }])),
      ...clients.filter(isOwner).flatMap((client) => databasesOf(client).map((database) => ({ database, owner: client.name, field: `${callOf('addClient', client.name)}.privileges` }))),
    ];
    owners.forEach(({ database, owner, field }, index) => {
      const first = owners.slice(0, index).find((other) => other.database === database && other.owner !== owner);
      if (first !== undefined) { report(field, `database '${database}' has two owners, '${first.owner}' and '${owner}'`); }
    });
  },
  fix: "let one of them be the owner. Another client with its privileges is a member: privileges: ClientPrivileges.custom([]) and inRoles: ['OWNER']; "
    + 'one that reads or writes rows has ClientPrivileges.readWrite() or readOnly()',
};
