import { displayName } from '../../kubernetes';
import { type CertificateNode, lacksExtendedUsage } from '../../pki';
import { describeClient, isMet, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { opensslFile, rfc } from '../engine/sources';

export const extendedKeyUsageMissing: Rule<PodContext> = {
  id: 'extended-key-usage-missing',
  code: 'PGTLS-E17',
  title: "certificate in use lacks the extended key usage 'server auth' or 'client auth'",
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    rfc(5280, '4.2.1.12', 'a certificate with extended key usages is valid for those only'),
    opensslFile('crypto/x509/x509_txt.c', 'X509_V_ERR_INVALID_PURPOSE'),
  ],
  check: (context, report) => {
    for (const server of context.servers) {
      const { certificate, container } = server;
      if (certificate !== undefined && lacksExtendedUsage(certificate, 'server auth')) {
        report(server.fieldOf('ssl_cert_file'),
          `the server in container '${container.name}' presents ${displayName(certificate.at)}, which has the extended key usages ${listed(certificate)} but not 'server auth'`);
      }
    }
    for (const client of context.clients) {
      const { certificate } = client;
      if (certificate !== undefined && lacksExtendedUsage(certificate, 'client auth') && isMet(context, client, 'client-usage')) {
        report(client.fieldOf('sslcert'), `${describeClient(client)} presents ${displayName(certificate.at)}, which has the extended key usages ${listed(certificate)} but not 'client auth'`);
      }
    }
  },
  fix: 'add the usage, or remove all extended key usages',
};

function listed({ extendedKeyUsages }: CertificateNode): string {
  return extendedKeyUsages.map((usage) => `'${usage}'`).join(', ');
}
