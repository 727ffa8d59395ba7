import type { DatabaseContext } from '../../../plan/database-context';
import { isSameIssuer } from '../../../../pki';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const clientCaContradictsIssuer: Rule<DatabaseContext> = {
  id: 'client-ca-contradicts-issuer',
  code: 'PGTLS-P59',
  title: 'tls.clientCa contradicts the issuer of the client certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('runtime-config-connection.html#GUC-SSL-CA-FILE', 'ssl_ca_file', 'the server trusts the CAs in that file only')],
  check: ({ props: { tls } }, report) => {
    const named = tls?.certificates?.client?.issuer;
    const shared = tls?.clientCa?.issuer;
    if (named !== undefined && tls?.clientCa !== undefined && (shared === undefined || !isSameIssuer(named, shared))) {
      report('tls.certificates.client.issuer', `tls.clientCa is set, but tls.certificates.client has another issuer: '${named.issuerName}'`);
    }
  },
  fix: 'remove one of them',
};
