import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { describeClient, type PodContext } from '../../workloads';
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
  check: ({ servers, clients }, report) => {
    for (const server of servers) {
      const { certificate, container } = server;
      if (lacks(certificate, 'server auth')) {
        report(server.fieldOf('ssl_cert_file'),
          `the server in container '${container.name}' presents ${displayName(certificate.at)}, which has the extended key usages ${listed(certificate)} but not 'server auth'`);
      }
    }
    for (const client of clients) {
      const { certificate } = client;
      if (lacks(certificate, 'client auth')) {
        report(client.fieldOf('sslcert'), `${describeClient(client)} presents ${displayName(certificate.at)}, which has the extended key usages ${listed(certificate)} but not 'client auth'`);
      }
    }
  },
  fix: 'add the usage, or remove all extended key usages',
};

/** Another rule checks a list with `any` only. */
function lacks(certificate: CertificateNode | undefined, usage: string): certificate is CertificateNode {
  const usages = certificate?.extendedKeyUsages ?? [];
  return usages.some((other) => other !== 'any') && !usages.includes(usage);
}

function listed({ extendedKeyUsages }: CertificateNode): string {
  return extendedKeyUsages.map((usage) => `'${usage}'`).join(', ');
}
