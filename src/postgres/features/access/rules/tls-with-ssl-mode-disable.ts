import type { DatabaseContext } from '../../../plan/database-context';
import { SslMode } from '../../../ssl-mode';
import { Consequence, type Rule, source } from '../../../../rules';

export const tlsWithSslModeDisable: Rule<DatabaseContext> = {
  id: 'tls-with-ssl-mode-disable',
  code: 'PGTLS-P02',
  title: 'tls set together with sslMode disable',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source('README, sslMode and clientAuthMode')],
  check: ({ props: { sslMode, tls } }, report) => {
    if (sslMode === SslMode.DISABLE && tls !== undefined) { report('sslMode', "sslMode 'disable' is set together with tls"); }
  },
  fix: 'remove one of them',
};
