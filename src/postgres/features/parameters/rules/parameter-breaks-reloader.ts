import { integerIn } from '../../../../postgresql';
import { Consequence, Rule, when } from '../../../../rules';
import type { DatabaseContext } from '../../../plan/database-context';
import { given, valuesOf } from './relations-shared';

/** Write permission on the socket allows connections; the reloader is its owner. */
const WRITE = 0o200;

export const parameterBreaksReloader: Rule<DatabaseContext> = {
  id: 'parameter-breaks-reloader',
  code: 'PGTLS-P73',
  title: 'server parameter that keeps the reloader from working',
  consequence: Consequence.NEVER_READY,
  source: 'the reloader creates roles, sets passwords and queries the server for its current configuration',
  check: (database) => {
    const { amount, isOn } = valuesOf(database);
    const permissions = given(database, 'unix_socket_permissions');
    return [
      ...when(isOn('default_transaction_read_only'), () => 'default_transaction_read_only is on: the reloader cannot create roles or set passwords'),
      ...['statement_timeout', 'transaction_timeout'].filter((name) => amount(name, 'ms') > 0 && amount(name, 'ms') < 1000)
        .map((name) => `${name} of ${amount(name, 'ms')} ms cancels the statements of the reloader`),
      ...when(permissions !== '' && ((integerIn(permissions, '') ?? WRITE) & WRITE) === 0, () => `unix_socket_permissions '${permissions}' does not allow the reloader to connect to the socket`),
      ...when(given(database, 'role') !== '' || given(database, 'session_authorization') !== '', () => 'role or session_authorization is set for every session, including that of the reloader'),
    ];
  },
  fix: 'set it for individual roles: ALTER ROLE … SET …',
};
