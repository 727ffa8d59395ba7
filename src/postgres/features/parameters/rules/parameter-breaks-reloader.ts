import { effectiveValues } from './effective-values';
import { givenValue, parameterField } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { integerIn } from '../../../../postgresql';
import { Consequence, type Rule, source } from '../../../../rules';

/** Write permission on the socket allows connections; the reloader is its owner. */
const WRITE = 0o200;

export const parameterBreaksReloader: Rule<DatabaseContext> = {
  id: 'parameter-breaks-reloader',
  code: 'PGTLS-P73',
  title: 'server parameter that keeps the reloader from working',
  consequence: Consequence.NEVER_READY,
  sources: [source('this package: the reloader creates roles, sets passwords and queries the server for its current configuration')],
  check: (database, report) => {
    const { amount, isOn } = effectiveValues(database);
    const permissions = givenValue(database, 'unix_socket_permissions');
    if (isOn('default_transaction_read_only')) {
      report(parameterField(database, 'default_transaction_read_only'), 'default_transaction_read_only is on: the reloader cannot create roles or set passwords');
    }
    for (const name of ['statement_timeout', 'transaction_timeout']) {
      const timeout = amount(name, 'ms');
      if (timeout > 0 && timeout < 1000) { report(parameterField(database, name), `${name} of ${timeout} ms cancels the statements of the reloader`); }
    }
    if (permissions !== '' && ((integerIn(permissions, '') ?? WRITE) & WRITE) === 0) {
      report(parameterField(database, 'unix_socket_permissions'), `unix_socket_permissions '${permissions}' does not allow the reloader to connect to the socket`);
    }
    const set = ['role', 'session_authorization'].find((name) => givenValue(database, name) !== '');
    if (set !== undefined) { report(parameterField(database, set), 'role or session_authorization is set for every session, including that of the reloader'); }
  },
  fix: 'set it for individual roles: ALTER ROLE … SET …',
};
