import type { DatabaseContext } from '../../../plan/database-context';
import { isSameIssuer } from '../../../../pki';
import { Consequence, Rule, when } from '../../../../rules';

export const clientCaContradictsIssuer: Rule<DatabaseContext> = {
  id: 'client-ca-contradicts-issuer',
  code: 'PGTLS-P59',
  title: 'tls.clientCa contradicts the issuer of the client certificate',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, ssl_ca_file: the server trusts the CAs in that file only',
  check: (database) => {
    const { tls } = database.props;
    const named = tls?.certificates?.client?.issuer;
    const shared = tls?.clientCa?.issuer;
    return when(named !== undefined && tls?.clientCa !== undefined && (shared === undefined || !isSameIssuer(named, shared)),
      () => `tls.clientCa is set, but tls.certificates.client has another issuer: '${named!.issuerName}'`);
  },
  fix: 'remove one of them',
};
