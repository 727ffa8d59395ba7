import { isAbsent, shown } from '../resolve-declarations';
import type { DatabaseContext } from '../../../plan/database-context';
import { describeRow } from '../../../plan/describe-row';
import { AddressSet, type Channel, exactName, hbaName, type HbaRow } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule, Severity } from '../../../../rules';
import { DECLARATIONS_FILE, DeclaredAccess, rowsForRole, rowsThatDecide } from '../../../../workloads';

/** Where connections over the network come from. */
const NETWORK = { isSameMachine: false, addresses: AddressSet.ALL };
const CHANNELS: ReadonlyArray<Channel> = ['tls', 'plaintext'];
/** More are counted. */
const MOST = 3;

/** A role that a rule admits to a declared database; every role that is not declared, where it is undefined. */
interface Admitted {
  readonly role: string | undefined;
  readonly database: string;
}

export const accessRuleBeyondDeclarations: Rule<DatabaseContext> = {
  id: 'access-rule-beyond-declarations',
  code: 'PGTLS-P120',
  severity: Severity.WARNING,
  title: 'access rule admits a role to a declared database that is not its own',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresPage('auth-pg-hba-conf.html', 'The pg_hba.conf File', 'the first row that matches decides'),
    postgresPage('ddl-priv.html', 'Privileges', 'CONNECT on a database is checked after the rows'),
  ],
  check: (database, report) => {
    for (const [row, admitted] of admittedByRules(database)) {
      const undeclared = new Set(admitted.filter(({ role }) => role === undefined).map((one) => one.database));
      const named = admitted.filter(({ role, database: name }) => role === undefined || !undeclared.has(name));
      const texts = named.slice(0, MOST).map(({ role, database: name }) => `${role === undefined ? 'every role' : `'${shown(role)}'`} to database '${shown(name)}'`);
      const more = named.length > MOST ? `, and ${named.length - MOST} more` : '';
      report(`accessRules[${database.props.accessRules!.findIndex((rule) => rule._row === row)}]`, `${describeRow(row)} admits ${texts.join(', ')}${more}, which no declaration does`);
    }
  },
  fix: 'name roles and databases in the rule; a client has its databases in addClient: databases',
};

/** What each access rule decides to admit, of that which is not declared and not named. Nothing is closed without clients. */
function admittedByRules({ props, plan: { access, declarations, files } }: DatabaseContext): Map<HbaRow, Admitted[]> {
  const found = new Map<HbaRow, Admitted[]>();
  const clients = new Set(declarations.clients.filter(({ options }) => !isAbsent(options)).map(({ name }) => name));
  const given = new Set((props.accessRules ?? []).map((rule) => rule._row));
  if (clients.size === 0 || given.size === 0) { return found; }
  const declared = DeclaredAccess.parse(files.find(({ name }) => name === DECLARATIONS_FILE)?.text ?? '');
  // A text stands for the row: what decides is a copy.
  const rows = access.map((row, index) => ({ ...row, text: String(index) }));
  for (const role of [undefined, ...declared.roles.filter(({ login }) => login).map(({ name }) => name)]) {
    const own = rowsForRole({ rows, declared }, role);
    for (const database of declared.databases.filter((one) => !declared.isDeclaredFor(role, one))) {
      const deciding = CHANNELS.flatMap((channel) => rowsThatDecide({ declared }, own, { role, database: database.name }, NETWORK, channel))
        .flatMap(({ possible, last }) => (last === undefined || possible.length > 0 ? [] : [access[Number(last.text)]!]));
      for (const row of new Set(deciding)) {
        const isNamed = role !== undefined && !clients.has(role) && names(row.users, role) && names(row.databases, database.name);
        if (given.has(row) && row.method !== 'reject' && !isNamed) { found.set(row, [...found.get(row) ?? [], { role, database: database.name }]); }
      }
    }
  }
  return found;
}

function names(words: ReadonlyArray<string>, name: string): boolean {
  return words.some((word) => word === hbaName(name, 0) || exactName(word) === name);
}
