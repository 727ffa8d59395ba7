import { mapping, mappings, strings, text } from '../../data';
import { bareAddressError, isAscii, isIpAddress, unissuableUri, unmatchableDnsName, unusualDnsName } from '../../formats';
import { displayName } from '../../kubernetes';
import { CertificateNode, isDotted, isObjectIdentifier, parseLiteralSubject } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'cert-manager webhook (validation/certificate.go)';
const NAME_LISTS = ['dnsNames', 'ipAddresses', 'uris', 'emailAddresses', 'otherNames'] as const;
const ASCII_LISTS = ['dnsNames', 'uris', 'emailAddresses'] as const;
const SUBJECT_PARTS = [
  'organizations', 'countries', 'organizationalUnits', 'localities', 'provinces', 'streetAddresses', 'postalCodes', 'serialNumber',
] as const;

/** What is proven about the names in a certificate. */
export const IDENTITY_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-B01',
    title: 'a certificate without any name',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec, commonName }) =>
      when(commonName === '' && parseLiteralSubject(text(spec['literalSubject'])).parts !== undefined && NAME_LISTS.every((field) => !isFilled(spec[field])),
        () => 'the certificate has no name of any kind'),
    fix: 'give a commonName or at least one of dnsNames, ipAddresses, uris, emailAddresses, otherNames',
  },
  {
    code: 'PGTLS-B02',
    title: 'a common name of more than 64 bytes',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; X.520 upper bound`,
    check: ({ subjectParts }) =>
      subjectParts.filter(({ type, value }) => type === 'CN' && Buffer.byteLength(value) > 64)
        .map(({ value }) => `commonName '${value}' is ${Buffer.byteLength(value)} bytes long, X.509 allows 64`),
    fix: 'shorten it; long host names belong in dnsNames',
  },
  {
    code: 'PGTLS-B03',
    title: 'literalSubject beside other parts of a subject, or that is no distinguished name',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; pkg/util/pki/subject.go; go-ldap ParseDN`,
    check: ({ spec }) => {
      const literal = text(spec['literalSubject']);
      if (literal === '') { return []; }
      const beside = [...(isFilled(spec['commonName']) ? ['commonName'] : []), ...SUBJECT_PARTS.filter((part) => isFilled(mapping(spec['subject'])[part]))];
      const { fault } = parseLiteralSubject(literal);
      return [
        ...when(beside.length > 0, () => `literalSubject '${literal}' is given together with ${beside.join(', ')}`),
        ...when(fault !== undefined, () => `literalSubject '${literal}' ${fault}`),
      ];
    },
    fix: 'give either the whole subject as literalSubject, of C, O, OU, CN, SERIALNUMBER, L, ST, STREET, DC, UID or dotted object identifiers, or its parts',
  },
  {
    code: 'PGTLS-B04',
    title: 'an IP address that is none',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; Go net.ParseIP`,
    check: ({ spec }) => strings(spec['ipAddresses']).filter((ip) => !isIpAddress(ip)).map((ip) => `ipAddresses entry '${ip}' is not an IP address`),
    fix: 'give a plain IPv4 or IPv6 address, without leading zeros, mask, zone or port',
  },
  {
    code: 'PGTLS-B05',
    title: 'an email address that is not bare',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; Go net/mail`,
    check: ({ spec }) =>
      strings(spec['emailAddresses']).filter(isAscii).flatMap((address) => {
        const fault = bareAddressError(address);
        return when(fault !== undefined, () => `emailAddresses entry '${address}' ${fault}`);
      }),
    fix: 'give user@host, without display name or brackets',
  },
  {
    code: 'PGTLS-B06',
    title: 'a name that is not ASCII',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/util/pki/sans.go; cert-manager issue 9139: the request is never made, and no event says so',
    check: ({ spec }) =>
      ASCII_LISTS.flatMap((field) =>
        strings(spec[field]).filter((entry) => !isAscii(entry)).map((entry) => `${field} entry '${entry}' is not ASCII, which cert-manager never issues`)),
    fix: 'encode it: punycode for hosts, percent-encoding for paths',
  },
  {
    code: 'PGTLS-B07',
    title: 'a DNS name that no client can match',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 6125; OpenSSL; libpq fe-secure-common.c',
    check: ({ spec }) =>
      strings(spec['dnsNames']).filter(isAscii).flatMap((name) => {
        const fault = unmatchableDnsName(name);
        return when(fault !== undefined, () => `dnsNames entry '${name}' ${fault}`);
      }),
    fix: 'give a host name that a client can connect to',
  },
  {
    code: 'PGTLS-B08',
    title: 'a URI that is not canonical',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/util/pki/match.go; Go net/url',
    check: ({ spec }) =>
      strings(spec['uris']).filter(isAscii).flatMap((uri) => {
        const fault = unissuableUri(uri);
        return when(fault !== undefined, () => `uris entry '${uri}' ${fault}`);
      }),
    fix: 'write it as Go prints it: a lower-case scheme, no spaces, special characters percent-encoded, no empty fragment',
  },
  {
    code: 'PGTLS-B12',
    severity: Severity.WARNING,
    title: 'a server certificate that names its host in the common name only',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 6125, 6.4.4: libpq and Node.js still fall back to the common name; Go, Java and browsers do not',
    check: ({ spec, isCa, usages, commonName }) =>
      when(!isCa && usages.includes('server auth') && commonName !== '' && !isFilled(spec['dnsNames']) && !isFilled(spec['ipAddresses']),
        () => `a server certificate has the commonName '${commonName}' and neither dnsNames nor ipAddresses`),
    fix: 'list every host name that clients connect to in dnsNames',
  },
  {
    code: 'PGTLS-B13',
    title: 'a subject that equals that of the authority that signs it',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Go crypto/x509 CreateCertificate leaves out the authority key id then, and OpenSSL takes the certificate for self-signed (error 18)',
    check: (certificate) => {
      const { issuingCa: authority, subject } = certificate;
      return when(authority !== undefined && authority !== certificate && subject !== '' && subject === authority.subject,
        () => `the subject '${subject}' is also that of its authority, ${displayName(authority!.at)}`);
    },
    fix: 'give the authority a common name of its own, for example one that ends in CA',
  },
  {
    code: 'PGTLS-B14',
    title: 'an other name without object identifier or value',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec }) =>
      mappings(spec['otherNames']).flatMap(({ oid, utf8Value }) => [
        ...when(!isDotted(text(oid)), () => `otherNames oid '${text(oid)}' is not an object identifier`),
        ...when(text(utf8Value) === '', () => `otherNames entry with oid '${text(oid)}' has no utf8Value`),
      ]),
    fix: 'give a dotted object identifier and a value',
  },
  {
    code: 'PGTLS-B20',
    severity: Severity.WARNING,
    title: 'a DNS name in a spelling that not every client matches',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Go crypto/x509 and libpq compare a trailing dot as it stands; RFC 952 has no underscore; public authorities refuse both',
    check: ({ spec }) =>
      strings(spec['dnsNames']).flatMap((name) => {
        const fault = unusualDnsName(name);
        return when(fault !== undefined && isAscii(name) && unmatchableDnsName(name) === undefined, () => `dnsNames entry '${name}' ${fault}`);
      }),
    fix: 'write it in lower case, with hyphens and without a trailing dot',
  },
  {
    code: 'PGTLS-B21',
    title: 'a name that no certificate can hold',
    consequence: Consequence.NEVER_READY,
    source: 'Go encoding/asn1, over which cert-manager makes and compares requests (pkg/util/pki); the webhook looks at the syntax alone',
    check: ({ spec }) => {
      const { unencodable } = parseLiteralSubject(text(spec['literalSubject']));
      return [
        ...when(unencodable !== undefined, () => `literalSubject '${text(spec['literalSubject'])}' ${unencodable}`),
        ...mappings(spec['otherNames']).map(({ oid }) => text(oid)).filter((oid) => isDotted(oid) && !isObjectIdentifier(oid))
          .map((oid) => `otherNames oid '${oid}' is not an object identifier that can be encoded`),
      ];
    },
    fix: 'use object identifiers of at least two numbers below 2147483648 without leading zeros, and values in UTF-8',
  },
] satisfies Rule<CertificateNode>[]);

/** Whether a field says anything: the API server removes nulls, and cert-manager takes what is empty for unset. */
function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : text(value) !== '';
}
