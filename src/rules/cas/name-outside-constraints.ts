import { displayName } from '../../kubernetes';
import { CertificateNode, CONSTRAINED_TYPES, isHostLike, outsideConstraints } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

const FIELDS = { dnsDomains: 'dnsNames', ipRanges: 'ipAddresses', emailAddresses: 'emailAddresses', uriDomains: 'uris' } as const;

export const nameOutsideConstraints: Rule<CertificateNode> = {
  id: 'name-outside-constraints',
  code: 'PGTLS-E08',
  title: 'name outside the name constraints of the CA',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'RFC 5280, 4.2.1.10; OpenSSL error 47',
  check: (certificate) => certificate.issuingCas.flatMap((ca) => outsideOf(ca, certificate)),
  fix: 'remove the name, or permit it in the CA certificate (a permitted domain covers itself and all domains below it)',
};

/** Every name of a certificate that the name constraints of a CA above it do not permit. */
function outsideOf(ca: CertificateNode, { alternativeNames, commonName, isCa }: CertificateNode): string[] {
  if (ca.spec['nameConstraints'] === undefined) { return []; }
  const { nameConstraints } = ca;
  const asHost = !isCa && alternativeNames.dnsDomains.length === 0 && isHostLike(commonName) ? [['commonName', 'dnsDomains', commonName] as const] : [];
  const names = CONSTRAINED_TYPES.flatMap((type) => alternativeNames[type].map((name) => [`${FIELDS[type]} entry`, type, name] as const));
  return [...names, ...asHost].flatMap(([field, type, name]) => {
    const fault = outsideConstraints(type, name, nameConstraints);
    return fault === undefined ? [] : [`${field} '${name}' ${fault} by ${displayName(ca.at)}`];
  });
}
