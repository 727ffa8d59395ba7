import { mapping, mappings, strings, text } from '../../data';
import { bareAddressError, isAscii, isIpAddress, unissuableUri, unmatchableDnsName, unusualDnsName } from '../../formats';
import { displayName } from '../../kubernetes';
import { CertificateNode, isDotted, isObjectIdentifier, parseLiteralSubject } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'cert-manager webhook (validation/certificate.go)';
const NAME_LISTS = ['dnsNames', 'ipAddresses', 'uris', 'emailAddresses', 'otherNames'] as const;
const ASCII_LISTS = ['dnsNames', 'uris', 'emailAddresses'] as const;
const SUBJECT_PARTS = [
  'organizations', 'countries', 'organizationalUnits', 'localities', 'provinces', 'streetAddresses', 'postalCodes', 'serialNumber',
] as const;

/** Rules about the names in a certificate. */
export const IDENTITY_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-B01',
    title: 'Certificate without a common name or subject alternative name',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec, commonName }) =>
      when(commonName === '' && parseLiteralSubject(text(spec['literalSubject'])).parts !== undefined && NAME_LISTS.every((field) => !isFilled(spec[field])),
        () => 'the Certificate has neither a common name nor a subject alternative name'),
    fix: 'set commonName or at least one of dnsNames, ipAddresses, uris, emailAddresses, otherNames',
  },
  {
    code: 'PGTLS-B02',
    title: 'common name longer than 64 bytes',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; X.520 upper bound`,
    check: ({ subjectParts }) =>
      subjectParts.filter(({ type, value }) => type === 'CN' && Buffer.byteLength(value) > 64)
        .map(({ value }) => `commonName '${value}' is ${Buffer.byteLength(value)} bytes long, at most 64 are allowed`),
    fix: 'shorten it, or leave it out and list long host names in dnsNames',
  },
  {
    code: 'PGTLS-B03',
    title: 'literalSubject combined with other subject fields, or not a distinguished name',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; pkg/util/pki/subject.go; go-ldap ParseDN`,
    check: ({ spec }) => {
      const literal = text(spec['literalSubject']);
      if (literal === '') { return []; }
      const beside = [...(isFilled(spec['commonName']) ? ['commonName'] : []), ...SUBJECT_PARTS.filter((part) => isFilled(mapping(spec['subject'])[part]))];
      const { fault } = parseLiteralSubject(literal);
      return [
        ...when(beside.length > 0, () => `literalSubject '${literal}' is set together with ${beside.join(', ')}`),
        ...when(fault !== undefined, () => `literalSubject '${literal}' ${fault}`),
      ];
    },
    fix: 'set either literalSubject (attribute types C, O, OU, CN, SERIALNUMBER, L, ST, STREET, DC, UID or dotted object identifiers) or commonName and subject',
  },
  {
    code: 'PGTLS-B04',
    title: 'invalid IP address in ipAddresses',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; Go net.ParseIP`,
    check: ({ spec }) => strings(spec['ipAddresses']).filter((ip) => !isIpAddress(ip)).map((ip) => `ipAddresses entry '${ip}' is not an IP address`),
    fix: 'set a plain IPv4 or IPv6 address, without leading zeros, mask, zone or port',
  },
  {
    code: 'PGTLS-B05',
    title: 'invalid email address in emailAddresses',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: `${WEBHOOK}; Go net/mail`,
    check: ({ spec }) =>
      strings(spec['emailAddresses']).filter(isAscii).flatMap((address) => {
        const fault = bareAddressError(address);
        return when(fault !== undefined, () => `emailAddresses entry '${address}' ${fault}`);
      }),
    fix: 'set user@host, without a display name, brackets or quotes',
  },
  {
    code: 'PGTLS-B06',
    title: 'non-ASCII DNS name, URI or email address',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/util/pki/sans.go; cert-manager issue 9139: no CertificateRequest is created, and up to 1.21 no event is written',
    check: ({ spec }) =>
      ASCII_LISTS.flatMap((field) =>
        strings(spec[field]).filter((entry) => !isAscii(entry)).map((entry) => `${field} entry '${entry}' is not ASCII, so cert-manager never issues it`)),
    fix: 'encode it: punycode for host names, percent-encoding for paths',
  },
  {
    code: 'PGTLS-B07',
    title: 'DNS name that no TLS client can match',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 6125; OpenSSL; libpq fe-secure-common.c',
    check: ({ spec }) =>
      strings(spec['dnsNames']).filter(isAscii).flatMap((name) => {
        const fault = unmatchableDnsName(name);
        return when(fault !== undefined, () => `dnsNames entry '${name}' ${fault}`);
      }),
    fix: 'set a host name that clients can connect to',
  },
  {
    code: 'PGTLS-B08',
    title: 'URI not in canonical form',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/util/pki/match.go; Go net/url',
    check: ({ spec }) =>
      strings(spec['uris']).filter(isAscii).flatMap((uri) => {
        const fault = unissuableUri(uri);
        return when(fault !== undefined, () => `uris entry '${uri}' ${fault}`);
      }),
    fix: 'write it as Go prints it: lower-case scheme, no spaces, special characters percent-encoded, no empty fragment',
  },
  {
    code: 'PGTLS-B12',
    severity: Severity.WARNING,
    title: 'server certificate with its host name in the common name only',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'RFC 6125, 6.4.4: libpq and Node.js still fall back to the common name; Go, Java and browsers do not',
    check: ({ spec, isCa, usages, commonName }) =>
      when(!isCa && usages.includes('server auth') && commonName !== '' && !isFilled(spec['dnsNames']) && !isFilled(spec['ipAddresses']),
        () => `dnsNames and ipAddresses are empty, the server certificate has only the commonName '${commonName}'`),
    fix: 'list every host name that clients connect to in dnsNames',
  },
  {
    code: 'PGTLS-B13',
    title: 'subject equal to the subject of the issuing CA',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Go crypto/x509 CreateCertificate omits the authority key identifier, and OpenSSL treats the certificate as self-signed (error 18)',
    check: (certificate) => {
      const { issuingCa: ca, subject } = certificate;
      return when(ca !== undefined && ca !== certificate && subject !== '' && subject === ca.subject,
        () => `subject '${subject}' is also the subject of its issuing CA, ${displayName(ca!.at)}`);
    },
    fix: 'give the CA a different common name, for example one that ends in "CA"',
  },
  {
    code: 'PGTLS-B14',
    title: 'otherNames entry with an invalid object identifier, or without a value',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec }) =>
      mappings(spec['otherNames']).flatMap(({ oid, utf8Value }) => [
        ...when(!isDotted(text(oid)), () => `otherNames oid '${text(oid)}' is not an object identifier`),
        ...when(text(utf8Value) === '', () => `otherNames entry with oid '${text(oid)}' has no utf8Value`),
      ]),
    fix: 'set a dotted object identifier and a value',
  },
  {
    code: 'PGTLS-B20',
    severity: Severity.WARNING,
    title: 'DNS name in a form that some TLS clients do not match',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Go crypto/x509 and libpq compare a trailing dot literally; RFC 952 has no underscore; public CAs reject both',
    check: ({ spec }) =>
      strings(spec['dnsNames']).flatMap((name) => {
        const fault = unusualDnsName(name);
        return when(fault !== undefined && isAscii(name) && unmatchableDnsName(name) === undefined, () => `dnsNames entry '${name}' ${fault}`);
      }),
    fix: 'use lower case and hyphens, without a trailing dot',
  },
  {
    code: 'PGTLS-B21',
    title: 'object identifier or value that a certificate cannot encode',
    consequence: Consequence.NEVER_READY,
    source: 'Go encoding/asn1, with which cert-manager encodes and compares CSRs (pkg/util/pki); the webhook checks only the syntax',
    check: ({ spec }) => {
      const { unencodable } = parseLiteralSubject(text(spec['literalSubject']));
      return [
        ...when(unencodable !== undefined, () => `literalSubject '${text(spec['literalSubject'])}' ${unencodable}`),
        ...mappings(spec['otherNames']).map(({ oid }) => text(oid)).filter((oid) => isDotted(oid) && !isObjectIdentifier(oid))
          .map((oid) => `otherNames oid '${oid}' cannot be encoded as an object identifier`),
      ];
    },
    fix: 'use object identifiers of at least two numbers below 2147483648 without leading zeros, and values in UTF-8',
  },
] satisfies Rule<CertificateNode>[]);

/** Whether a field is set: the API server removes nulls, and cert-manager treats empty values as unset. */
function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : text(value) !== '';
}
