import { fieldOfName, isServiceOf } from './requested-names';
import { type CertificateNode, publicCaNamed, publicNamesFault } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { BASELINE_REQUIREMENTS, rfc } from '../engine/sources';

export const internalNameFromNamedPublicCa: Rule<CertificateNode> = {
  id: 'internal-name-from-named-public-ca',
  code: 'PGTLS-E41',
  severity: Severity.WARNING,
  title: 'internal name or CA certificate requested from an issuer named after a public CA',
  consequence: Consequence.NEVER_READY,
  sources: [BASELINE_REQUIREMENTS, rfc(8555, '7.4', 'a certificate is issued for the identifiers of an order')],
  check: (certificate, report) => {
    const { issuer, issuerRef: { group, kind, name }, isCa, commonName, dnsNames, ipAddresses, manifests: { assumptions } } = certificate;
    const ca = issuer === undefined && group === 'cert-manager.io' ? publicCaNamed(name) : undefined;
    if (ca === undefined) { return; }
    // In an app the reference itself is code, and its author knows the issuer; of other manifests only the name is known.
    const severity = assumptions.isApp ? Severity.ERROR : Severity.WARNING;
    const what = `${kind} '${name}' (${ca}, by its name)`;
    if (isCa) {
      report('spec.isCA', `isCA is true, but the certificate is requested from ${what}`, undefined, severity);
      return;
    }
    const fault = publicNamesFault([...dnsNames, ...ipAddresses, ...(commonName === '' ? [] : [commonName])], what, isServiceOf(certificate));
    if (fault !== undefined) { report(fieldOfName(certificate, fault.name), fault.problem, undefined, severity); }
  },
  fix: 'use a CA of your own (CertificateAuthority) for CA certificates and for names inside the cluster, and request only public DNS names from a public CA '
    + '(ServerNames.only of a Postgres); if the issuer is not a public CA in spite of its name, add its manifest',
  fixInYaml: 'use a CA of your own (an issuer of type ca) for CA certificates and for names inside the cluster, and request only public DNS names '
    + 'from a public CA; if the issuer is not a public CA in spite of its name, add its manifest',
};
