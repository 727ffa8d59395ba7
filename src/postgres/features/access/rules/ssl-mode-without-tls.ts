import type { DatabaseContext } from '../../../plan/database-context';
import { SslMode } from '../../../ssl-mode';
import { Consequence, type Rule, source } from '../../../../rules';

export const sslModeWithoutTls: Rule<DatabaseContext> = {
  id: 'ssl-mode-without-tls',
  code: 'PGTLS-P01',
  title: 'sslMode requires TLS and tls is not set',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source('README, sslMode and clientAuthMode')],
  check: ({ props: { sslMode, tls } }, report) => {
    if (sslMode !== undefined && sslMode !== SslMode.DISABLE && !tls) { report('sslMode', `sslMode '${sslMode}' is set without tls`); }
  },
  fix: "set tls with an issuer, or set sslMode to 'disable'",
};
