import { CertificateNode, publicCaNamed, publicNamesError } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { serviceOf } from './acme-order-shared';

export const internalNameFromNamedPublicCa: Rule<CertificateNode> = {
  id: 'internal-name-from-named-public-ca',
  code: 'PGTLS-E41',
  title: 'internal name or CA certificate requested from an issuer named after a public CA',
  consequence: Consequence.NEVER_READY,
  source: 'CA/Browser Forum Baseline Requirements, 4.2.2 and 7.1.4.2; RFC 8555: identifiers, and no CAs',
  check: (certificate) => {
    const { issuer, issuerRef: { group, kind, name }, isCa, commonName, dnsNames, ipAddresses } = certificate;
    const ca = issuer === undefined && group === 'cert-manager.io' ? publicCaNamed(name) : undefined;
    if (ca === undefined) { return []; }
    const what = `${kind} '${name}' (${ca}, by its name)`;
    if (isCa) { return [`isCA is true, but the certificate is requested from ${what}`]; }
    const fault = publicNamesError([...dnsNames, ...ipAddresses, ...(commonName === '' ? [] : [commonName])], what, serviceOf(certificate));
    return when(fault !== undefined, () => fault!);
  },
  fix: 'use a CA of your own (CertificateAuthority) for CA certificates and for names inside the cluster, and request only public DNS names from a public CA '
    + '(ServerNames.only of a Postgres); if the issuer is not a public CA in spite of its name, add its manifest',
};
