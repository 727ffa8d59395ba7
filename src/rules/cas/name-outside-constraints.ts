import { displayName } from '../../kubernetes';
import { type CertificateNode, CONSTRAINED_TYPES, isHostLike, outsideConstraints } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Report, Rule } from '../engine/rule';
import { opensslFile, rfc } from '../engine/sources';
import { subjectField } from '../names/subject-field';

const FIELDS = { dnsDomains: 'dnsNames', ipRanges: 'ipAddresses', emailAddresses: 'emailAddresses', uriDomains: 'uris' } as const;

export const nameOutsideConstraints: Rule<CertificateNode> = {
  id: 'name-outside-constraints',
  code: 'PGTLS-E08',
  title: 'name outside the name constraints of the CA',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [rfc(5280, '4.2.1.10'), opensslFile('crypto/x509/v3_ncons.c', 'error 47')],
  check: (certificate, report) => {
    for (const ca of certificate.issuingCas) {
      if (ca.spec['nameConstraints'] !== undefined) { reportNames(ca, certificate, report); }
    }
  },
  fix: 'remove the name, or permit it in the CA certificate (a permitted domain covers itself and all domains below it)',
};

/** Reports every name of a certificate that the name constraints of a CA above it do not permit. */
function reportNames({ at, nameConstraints }: CertificateNode, certificate: CertificateNode, report: Report): void {
  const { alternativeNames, commonName, isCa } = certificate;
  for (const type of CONSTRAINED_TYPES) {
    alternativeNames[type].forEach((name, index) => {
      const fault = outsideConstraints(type, name, nameConstraints);
      if (fault !== undefined) { report(`spec.${FIELDS[type]}[${index}]`, `${FIELDS[type]} entry '${name}' ${fault} by ${displayName(at)}`); }
    });
  }
  if (isCa || alternativeNames.dnsDomains.length > 0 || !isHostLike(commonName)) { return; }
  const fault = outsideConstraints('dnsDomains', commonName, nameConstraints);
  if (fault !== undefined) { report(subjectField(certificate), `commonName '${commonName}' ${fault} by ${displayName(at)}`); }
}
