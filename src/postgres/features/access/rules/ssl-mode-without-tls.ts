import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';
import { SslMode } from '../../../ssl-mode';

export const sslModeWithoutTls: Rule<DatabaseContext> = {
  id: 'ssl-mode-without-tls',
  code: 'PGTLS-P01',
  title: 'sslMode requires TLS and tls is not set',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'README, sslMode and clientAuthMode',
  check: ({ props }) => when(props.sslMode !== undefined && props.sslMode !== SslMode.DISABLE && !props.tls, () => `sslMode '${props.sslMode}' is set without tls`),
  fix: "set tls with an issuer, or set sslMode to 'disable'",
};
