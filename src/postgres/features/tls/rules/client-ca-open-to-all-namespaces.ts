import type { DatabaseContext } from '../../../plan/database-context';
import { asksForCertificate } from '../../../../postgresql';
import { Consequence, Rule, Severity, when } from '../../../../rules';

export const clientCaOpenToAllNamespaces: Rule<DatabaseContext> = {
  id: 'client-ca-open-to-all-namespaces',
  code: 'PGTLS-E14',
  severity: Severity.WARNING,
  title: 'client CA is a ClusterIssuer that every namespace can use',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, Certificate Authentication: the common name of a certificate of a trusted CA is the role',
  check: ({ plan: { access, clientCa } }) => {
    const cluster = clientCa?.isCluster ? clientCa.name : clientCa?.sharedIssuer?.issuerKind === 'ClusterIssuer' ? clientCa.sharedIssuer.issuerName : undefined;
    return when(cluster !== undefined && access.some((row) => row.address === 'all' && asksForCertificate(row)),
      () => `client certificates come from ClusterIssuer '${cluster}', from which every namespace can request a certificate for any role`);
  },
  fix: "remove tls.clientCa to use the database's own client CA, or acknowledge the warning if a policy restricts the issuer",
};
