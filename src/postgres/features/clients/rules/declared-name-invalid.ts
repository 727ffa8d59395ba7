import { callOf, databasesOf, PUBLIC, shown } from '../resolve-declarations';
import type { DatabaseContext } from '../../../plan/database-context';
import { databaseNameFault, encodingFault, objectNameFault, roleNameFault, schemaNameFault } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const declaredNameInvalid: Rule<DatabaseContext> = {
  id: 'declared-name-invalid',
  code: 'PGTLS-P94',
  title: 'name that a database, role, schema or extension cannot have',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresPage('sql-syntax-lexical.html', 'Lexical Structure', 'names are at most 63 bytes long'),
    postgresPage('predefined-roles.html', 'Predefined Roles'),
    postgresPage('multibyte.html', 'Character Set Support'),
  ],
  check: ({ props: { init }, plan: { declarations: { databases, roles, clients }, roles: own } }, report) => {
    const ofPod = new Set(own.map(({ name }) => name));
    const withEncoding = (fault: (name: string) => string | undefined) => (name: string): string | undefined => fault(name) ?? encodingFault(init?.encoding, name);
    const roleFault = withEncoding((name) => roleNameFault(name) ?? (ofPod.has(name) ? 'is a role of the pod' : undefined));
    const databaseFault = withEncoding(databaseNameFault);
    const schemaFault = withEncoding(schemaNameFault);
    for (const { name, options: { schemas = [], extensions = [] } } of databases) {
      const call = callOf('addDatabase', name);
      const fault = databaseFault(name);
      if (fault !== undefined) { report(`${call}.name`, `the name of database '${shown(name)}' ${fault}`); }
      schemas.forEach((schema, index) => {
        const wrong = schema.name === PUBLIC ? 'is that of a schema that every database has' : schemaFault(schema.name);
        if (wrong !== undefined) { report(`${call}.schemas[${index}].name`, `the name of schema '${shown(schema.name)}' of database '${shown(name)}' ${wrong}`); }
      });
      extensions.forEach((extension, index) => {
        const wrong = withEncoding(objectNameFault)(extension.name);
        if (wrong !== undefined) { report(`${call}.extensions[${index}].name`, `the name of extension '${shown(extension.name)}' of database '${shown(name)}' ${wrong}`); }
      });
    }
    for (const { name } of roles) {
      const fault = roleFault(name);
      if (fault !== undefined) { report(`${callOf('addRole', name)}.name`, `the name of role '${shown(name)}' ${fault}`); }
    }
    for (const client of clients) {
      const fault = roleFault(client.name);
      if (fault !== undefined) { report(`${callOf('addClient', client.name)}.name`, `the name of client '${shown(client.name)}' ${fault}`); }
      for (const database of databasesOf(client)) {
        const wrong = databaseFault(database);
        if (wrong !== undefined && (fault === undefined || database !== client.name)) {
          report(`${callOf('addClient', client.name)}.database`, `client '${shown(client.name)}': the name of database '${shown(database)}' ${wrong}`);
        }
      }
    }
  },
  fix: 'use another name: at most 63 bytes, without control characters, not one that PostgreSQL, pg_hba.conf or this package uses itself, in ASCII if init.encoding is not UTF8',
};
