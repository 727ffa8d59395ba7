import { callOf } from '../pooler-call';
import { clientsOfPooler, databasesOf } from '../../../declarations';
import type { DatabaseContext } from '../../../plan/database-context';
import { isPatternOrGroup, pgBouncerDatabaseFault } from '../../../../postgresql';
import { Consequence, pgBouncerPage, postgresPage, type Rule } from '../../../../rules';

export const pooledClientNotAdmitted: Rule<DatabaseContext> = {
  id: 'pooled-client-not-admitted',
  code: 'PGTLS-P172',
  title: 'client that a pooler cannot admit',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [pgBouncerPage('config.html', 'auth_type'), pgBouncerPage('usage.html', 'Admin console', 'the database `pgbouncer`'), postgresPage('auth-pg-hba-conf.html', 'The pg_hba.conf File')],
  check: ({ plan: { tls, declarations } }, report) => {
    // Another rule refuses the pooler.
    if (!tls) { return; }
    for (const pooler of declarations.poolers) {
      const call = callOf(pooler.name);
      const named = clientsOfPooler(declarations, pooler);
      if (named.length === 0) {
        report(`${call}.clients`, `pooler '${pooler.name}' has no client`, 'connect one: client.connect(workload, { through: pooler }), or name one in clients');
      }
      for (const name of named) {
        const refuse = (problem: string, fix: string): void => { report(`${call}.clients`, `client '${name}' ${problem}`, fix); };
        const client = declarations.clients.find((declared) => declared.name === name);
        if (client === undefined) { refuse('is not declared', `declare it: db.addClient('${name}')`); continue; }
        const { addresses = [], password, state } = client.options;
        if (state?.isAbsent ?? false) { refuse('is declared absent', 'remove it from clients of the pooler'); }
        else if (password !== undefined) { refuse('logs in with a password; poolers admit certificates only', 'declare it without password, or connect it to the database itself'); }
        else if (addresses.some((address) => address !== 'all')) {
          refuse(`may connect from ${addresses.join(', ')} only, and the database sees the addresses of the pooler`, `remove addresses from db.addClient('${name}'): the NetworkPolicy of the pooler admits its workloads alone`);
        } else if (isPatternOrGroup(name)) {
          refuse('has a name that pg_ident.conf reads as a pattern or a group', 'give it another name, or connect it to the database itself');
        } else {
          for (const one of databasesOf(client)) {
            const fault = pgBouncerDatabaseFault(one);
            if (fault !== undefined) { refuse(`is for database '${one}', whose name ${fault}`, 'give the database another name, or connect the client to the database itself'); }
          }
        }
      }
    }
  },
  fix: 'connect the client to the database itself',
};
