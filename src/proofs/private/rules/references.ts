import { CertificateView } from '../certificate-view';
import { notDnsSubdomain } from '../dns';
import { called, inNamespace } from '../judged';
import { mapping, text } from '../reading';
import { Basis, Rule, when } from '../rule';
import { ruleTable } from '../rule-table';

/** What is proven about the Secrets and issuers that Certificates refer to. */
export const REFERENCE_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-A01',
    title: 'secretName that is no name of a Secret',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) => {
      const secretName = text(spec['secretName']);
      const fault = secretName === '' ? 'is empty' : notDnsSubdomain(secretName);
      return when(fault !== undefined, () => `secretName '${secretName}' ${fault}`);
    },
    remedy: 'give a DNS-1123 subdomain of at most 253 characters',
  },
  {
    code: 'PGTLS-A02',
    title: 'two Certificates that write one Secret',
    basis: Basis.STALLS,
    source: 'cert-manager internal/controller/certificates/certificates.go: only the older one is ever issued',
    broken: (certificate) => {
      const { at, secretName, inventory } = certificate;
      const first = inventory.writersOf(at.namespace, secretName)[0]!;
      // Twins are told as such (PGTLS-N02).
      return when(first !== certificate && first.at.name !== at.name,
        () => `secretName '${secretName}'${inNamespace(at.namespace)} is already the target of ${called(first.at)} at '${first.at.path}'`);
    },
    remedy: 'give each Certificate a Secret of its own',
  },
  {
    code: 'PGTLS-A05',
    title: 'issuerRef without a name, or of a kind that cert-manager does not have',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) => {
      const { name, kind, group } = mapping(spec['issuerRef']);
      const builtIn = group === undefined || group === '' || group === 'cert-manager.io';
      return [
        ...when(text(name) === '', () => 'issuerRef has no name'),
        ...when(builtIn && kind !== undefined && kind !== 'Issuer' && kind !== 'ClusterIssuer', () => `issuerRef kind '${text(kind)}' is not of the group cert-manager.io`),
      ];
    },
    remedy: 'refer to an Issuer or ClusterIssuer by name, or give the group of the external issuer',
  },
] satisfies Rule<CertificateView>[]);
