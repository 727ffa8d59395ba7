import { isGiven, mapping, text, texts } from '../../data';
import type { OperatorDatabase } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { cloudNativePgFile } from '../engine/sources';

export const operatorCertificateFieldsIncomplete: Rule<OperatorDatabase> = {
  id: 'operator-certificate-fields-incomplete',
  code: 'PGTLS-O02',
  title: 'certificates of a CloudNativePG Cluster incomplete or contradictory',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [cloudNativePgFile('internal/webhook/v1/cluster_webhook.go', 'validateCerts')],
  check: ({ at: { group, kind, spec } }, report) => {
    if (group !== 'postgresql.cnpg.io' || kind !== 'Cluster' || !isGiven(spec['certificates'])) { return; }
    const { serverTLSSecret, serverCASecret, replicationTLSSecret, clientCASecret, serverAltDNSNames } = mapping(spec['certificates']);
    const missing = (field: string, beside: string) =>
      report(`spec.certificates.${beside}`, `${beside} is set without ${field}`, `set ${field} to a Secret with ca.crt of the CA, such as the same Secret`);
    if (text(serverTLSSecret) !== '' && text(serverCASecret) === '') { missing('serverCASecret', 'serverTLSSecret'); }
    if (text(replicationTLSSecret) !== '' && text(clientCASecret) === '') { missing('clientCASecret', 'replicationTLSSecret'); }
    if (text(serverTLSSecret) !== '' && texts(serverAltDNSNames).length > 0) {
      report('spec.certificates.serverAltDNSNames', 'serverAltDNSNames is set together with serverTLSSecret, whose certificate has its names already', 'add the names to dnsNames of the Certificate');
    }
  },
  fix: 'set serverCASecret together with serverTLSSecret, and clientCASecret together with replicationTLSSecret',
};
