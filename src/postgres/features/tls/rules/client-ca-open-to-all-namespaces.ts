import { clientCaProperty } from './client-ca-property';
import type { ClientCaPlan } from '../../../plan/client-ca-plan';
import type { DatabaseContext } from '../../../plan/database-context';
import { asksForCertificate } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule, Severity } from '../../../../rules';

export const clientCaOpenToAllNamespaces: Rule<DatabaseContext> = {
  id: 'client-ca-open-to-all-namespaces',
  code: 'PGTLS-E14',
  severity: Severity.WARNING,
  title: 'client CA is a ClusterIssuer that every namespace can use',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('auth-cert.html', 'Certificate Authentication', 'the common name of a certificate of a trusted CA is the role')],
  check: (database, report) => {
    const { access, clientCa } = database.plan;
    const cluster = clientCa && clusterIssuerOf(clientCa);
    if (cluster !== undefined && access.some((row) => row.address === 'all' && asksForCertificate(row))) {
      report(clientCaProperty(database), `client certificates come from ClusterIssuer '${cluster}', from which every namespace can request a certificate for any role`);
    }
  },
  fix: "remove tls.clientCa to use the database's own client CA, or acknowledge the warning if a policy restricts the issuer",
};

function clusterIssuerOf({ isCluster, name, sharedIssuer }: ClientCaPlan): string | undefined {
  if (isCluster) { return name; }
  return sharedIssuer?.issuerKind === 'ClusterIssuer' ? sharedIssuer.issuerName : undefined;
}
