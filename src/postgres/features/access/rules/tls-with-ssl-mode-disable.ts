import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';
import { SslMode } from '../../../ssl-mode';

export const tlsWithSslModeDisable: Rule<DatabaseContext> = {
  id: 'tls-with-ssl-mode-disable',
  code: 'PGTLS-P02',
  title: 'tls set together with sslMode disable',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'README, sslMode and clientAuthMode',
  check: ({ props }) => when(props.sslMode === SslMode.DISABLE && props.tls !== undefined, () => "sslMode 'disable' is set together with tls"),
  fix: 'remove one of them',
};
