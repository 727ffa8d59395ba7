import { callOf, databasesOf, declaredDatabases, declaredRoles, isAbsent, presentRoles, PUBLIC, schemasOf, usable, type DeclaredRole } from '../resolve-declarations';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const declaredReferenceMissing: Rule<DatabaseContext> = {
  id: 'declared-reference-missing',
  code: 'PGTLS-P96',
  title: 'declaration that refers to a database, schema or role that is not declared',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('sql-createdatabase.html', 'CREATE DATABASE'), postgresPage('sql-grant.html', 'GRANT')],
  check: ({ plan }, report) => {
    const declarations = usable(plan.declarations);
    const databases = new Map(declaredDatabases(declarations).map((database) => [database.name, database]));
    const roles = declaredRoles(declarations);
    const staying = presentRoles(declarations);
    const present = new Set(staying.map(({ name }) => name));
    const declareRole = (name: string): string => `declare it: db.${callOf('addRole', name)} or db.${callOf('addClient', name)}`;
    const needsRole = (field: string, what: string, name: string | undefined): void => {
      if (name === undefined || present.has(name)) { return; }
      const absent = roles.some((role) => role.name === name);
      report(field, `${what} is role '${name}', which is declared ${absent ? 'absent' : 'nowhere'}`, absent ? 'name a role that stays' : declareRole(name));
    };
    for (const { name, options: { owner, schemas = [], extensions = [], state } } of declarations.databases) {
      if (isAbsent({ state })) { continue; }
      const call = callOf('addDatabase', name);
      needsRole(`${call}.owner`, `the owner of database '${name}'`, owner);
      schemas.forEach((schema, index) => { needsRole(`${call}.schemas[${index}].owner`, `the owner of schema '${schema.name}' of database '${name}'`, schema.owner); });
      extensions.forEach(({ name: extension, schema }, index) => {
        if (schema === undefined || schema === 'pg_catalog' || schemasOf({ options: { schemas } }).includes(schema)) { return; }
        report(`${call}.extensions[${index}].schema`, `extension '${extension}' of database '${name}' is in schema '${schema}', which the database does not declare`, `add { name: '${schema}' } to schemas of ${call}`);
      });
    }
    for (const { name, call, options } of staying) {
      options.inRoles?.forEach((group, index) => {
        if (group === name) { report(`${call}.inRoles[${index}]`, `role '${name}' is a member of itself`, 'remove it from inRoles'); }
        else if (!group.startsWith('pg_')) { needsRole(`${call}.inRoles[${index}]`, `role '${name}' is a member of a role that is missing: it`, group); }
      });
    }
    for (const circle of circles(roles)) {
      report(`${circle.call}.inRoles`, `role '${circle.name}' is, through other roles, a member of itself`, 'remove one of the memberships');
    }
    for (const client of declarations.clients.filter(({ options }) => !isAbsent(options))) {
      const call = callOf('addClient', client.name);
      for (const name of databasesOf(client)) {
        const database = databases.get(name);
        if (database === undefined || isAbsent(database.options)) {
          const fix = database === undefined ? `declare it: db.${callOf('addDatabase', name)}, or a client with ClientPrivileges.owner() for it` : 'let the database stay, or declare the client absent as well';
          report(`${call}.${client.options.databases === undefined ? 'database' : 'databases'}`, `client '${client.name}' is for database '${name}', which is declared ${database === undefined ? 'nowhere' : 'absent'}`, fix);
          continue;
        }
        const granted = [
          ...(client.options.schemas ?? []).map((schema, index) => ({ schema, field: `schemas[${index}]` })),
          ...(client.options.privileges?._grants ?? []).map(({ _on, _options: { schema = PUBLIC } }) => ({ schema: _on === 'database' ? PUBLIC : schema, field: 'privileges' })),
        ];
        for (const { schema, field } of granted.filter((one) => !schemasOf(database).includes(one.schema))) {
          report(`${call}.${field}`, `client '${client.name}' has privileges on schema '${schema}', which database '${name}' does not declare`, `add { name: '${schema}' } to schemas of db.${callOf('addDatabase', name)}`);
        }
      }
    }
  },
  fix: 'declare what it refers to',
};

/** The first role of each circle of memberships. */
function circles(roles: ReadonlyArray<DeclaredRole>): DeclaredRole[] {
  const groups = new Map(roles.map(({ name, options }) => [name, (options.inRoles ?? []).filter((group) => group !== name)]));
  const reached = (from: string, seen: Set<string> = new Set()): Set<string> => {
    for (const group of groups.get(from) ?? []) { if (!seen.has(group)) { seen.add(group); reached(group, seen); } }
    return seen;
  };
  const inCircle = roles.filter(({ name }) => reached(name).has(name));
  return inCircle.filter(({ name }, index) => !inCircle.slice(0, index).some((earlier) => reached(earlier.name).has(name)));
}
