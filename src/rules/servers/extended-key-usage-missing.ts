import { displayName } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { describeClient, PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const extendedKeyUsageMissing: Rule<PodContext> = {
  id: 'extended-key-usage-missing',
  code: 'PGTLS-E17',
  title: "certificate in use lacks the extended key usage 'server auth' or 'client auth'",
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'RFC 5280, 4.2.1.12; OpenSSL: unsupported certificate purpose',
  check: ({ servers, clients }) => [
    ...servers.filter(({ certificate }) => lacks(certificate, 'server auth'))
      .map(({ certificate, container }) => `the server in container '${container.name}' presents ${displayName(certificate!.at)}, which has the extended key usages ${listed(certificate!)} but not 'server auth'`),
    ...clients.filter(({ certificate }) => lacks(certificate, 'client auth'))
      .map((client) => `${describeClient(client)} presents ${displayName(client.certificate!.at)}, which has the extended key usages ${listed(client.certificate!)} but not 'client auth'`),
  ],
  fix: 'add the usage, or remove all extended key usages',
};

/** Another rule checks a list with `any` only. */
function lacks(certificate: CertificateNode | undefined, usage: string): boolean {
  const usages = certificate?.extendedKeyUsages ?? [];
  return usages.some((other) => other !== 'any') && !usages.includes(usage);
}

function listed({ extendedKeyUsages }: CertificateNode): string {
  return extendedKeyUsages.map((usage) => `'${usage}'`).join(', ');
}
