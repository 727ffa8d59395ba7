import { isIP } from 'node:net';
import { CertificateView } from '../certificate-view';
import { isAscii, unmatchableDnsName } from '../dns';
import { mapping, mappings, text, texts } from '../reading';
import { Basis, Rule, when } from '../rule';
import { ruleTable } from '../rule-table';

const NAME_FIELDS = ['dnsNames', 'ipAddresses', 'uris', 'emailAddresses', 'otherNames'] as const;

/** What is proven about the names in a certificate. */
export const IDENTITY_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-B01',
    title: 'a certificate without any name',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec, commonName }) =>
      when(commonName === '' && NAME_FIELDS.every((field) => texts(spec[field]).length === 0), () => 'the certificate has no name of any kind'),
    remedy: 'give a commonName or at least one of dnsNames, ipAddresses, uris, emailAddresses, otherNames',
  },
  {
    code: 'PGTLS-B02',
    title: 'a common name of more than 64 bytes',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go); X.520 upper bound',
    broken: ({ commonName }) => {
      const bytes = Buffer.byteLength(commonName);
      return when(bytes > 64, () => `commonName '${commonName}' is ${bytes} bytes long, X.509 allows 64`);
    },
    remedy: 'shorten it; long host names belong in dnsNames',
  },
  {
    code: 'PGTLS-B03',
    title: 'literalSubject beside other parts of a subject, or that is no distinguished name',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) =>
      when(
        spec['literalSubject'] !== undefined && (spec['commonName'] !== undefined || Object.keys(mapping(spec['subject'])).length > 0),
        () => `literalSubject '${text(spec['literalSubject'])}' is given together with commonName or subject`,
      ),
    remedy: 'give either the whole subject as literalSubject or its parts',
  },
  {
    code: 'PGTLS-B04',
    title: 'an IP address that is none',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) => texts(spec['ipAddresses']).filter((ip) => isIP(ip) === 0).map((ip) => `ipAddresses entry '${ip}' is not an IP address`),
    remedy: 'give a plain IPv4 or IPv6 address, without mask, zone or port',
  },
  {
    code: 'PGTLS-B05',
    title: 'an email address that is not bare',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) =>
      texts(spec['emailAddresses'])
        .filter((address) => isAscii(address) && !/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/.test(address))
        .map((address) => `emailAddresses entry '${address}' is not a bare address`),
    remedy: 'give user@host, without display name or brackets',
  },
  {
    code: 'PGTLS-B06',
    title: 'a URI or email address that is not ASCII',
    basis: Basis.STALLS,
    source: 'cert-manager pkg/util/pki/sans.go; cert-manager issue 9139',
    broken: ({ spec }) =>
      (['uris', 'emailAddresses'] as const).flatMap((field) =>
        texts(spec[field]).filter((entry) => !isAscii(entry)).map((entry) => `${field} entry '${entry}' is not ASCII, which cert-manager never issues`)),
    remedy: 'encode it (punycode for hosts, percent-encoding for paths)',
  },
  {
    code: 'PGTLS-B07',
    title: 'a DNS name that no client can match',
    basis: Basis.PEER,
    source: 'RFC 6125; OpenSSL; cert-manager issue 9139 for names that are not ASCII',
    broken: ({ spec }) =>
      texts(spec['dnsNames']).flatMap((name) => {
        const fault = unmatchableDnsName(name);
        return when(fault !== undefined, () => `dnsNames entry '${name}' ${fault}`);
      }),
    remedy: 'give a host name that a client can connect to',
  },
  {
    code: 'PGTLS-B08',
    title: 'a URI that is not canonical',
    basis: Basis.STALLS,
    source: 'cert-manager pkg/util/pki/match.go',
    broken: ({ spec }) => texts(spec['uris']).filter((uri) => isAscii(uri) && !/^[a-z][a-z0-9+.-]*:\S+$/.test(uri)).map((uri) => `uris entry '${uri}' is not a canonical URI`),
    remedy: 'start it with a lower-case scheme and leave out spaces',
  },
  {
    code: 'PGTLS-B14',
    title: 'an other name without object identifier or value',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) =>
      mappings(spec['otherNames']).flatMap(({ oid, utf8Value }) => {
        return [
          ...when(!/^[0-2](\.(0|[1-9]\d*))+$/.test(text(oid)), () => `otherNames oid '${text(oid)}' is not an object identifier`),
          ...when(text(utf8Value) === '', () => `otherNames entry with oid '${text(oid)}' has no utf8Value`),
        ];
      }),
    remedy: 'give a dotted object identifier and a value',
  },
] satisfies Rule<CertificateView>[]);
