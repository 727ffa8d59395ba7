import { isIP } from 'node:net';
import { Severity } from '../finding';
import { isAscii, notDnsSubdomain, unmatchableDnsName } from './dns';
import { parseGoDuration } from './go-duration';
import { Rule, when } from './rule';

/** A Certificate's `spec` as it will be written; foreign YAML may hold anything, so nothing is taken for granted. */
export interface CertificateSpecView {
  readonly [field: string]: unknown;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DEFAULT_DURATION = 2160 * HOUR;
const NAME_FIELDS = ['dnsNames', 'ipAddresses', 'uris', 'emailAddresses', 'otherNames'] as const;
const RSA = ['SHA256WithRSA', 'SHA384WithRSA', 'SHA512WithRSA'];
const SIGNATURES: Readonly<Record<string, string[]>> = {
  RSA,
  ECDSA: ['ECDSAWithSHA256', 'ECDSAWithSHA384', 'ECDSAWithSHA512'],
  Ed25519: ['PureEd25519'],
};

/**
 * What cert-manager's webhook refuses of one Certificate, and what it lets through only to stall or mislead later.
 *
 * Source: cert-manager `internal/apis/certmanager/validation/certificate.go`; the non-ASCII stall is cert-manager issue 9139.
 */
export const CERTIFICATE_RULES: ReadonlyArray<Rule<CertificateSpecView>> = [
  {
    code: 'PGTLS-A01',
    broken: (spec) => {
      const secretName = text(spec['secretName']);
      const fault = secretName === '' ? 'is empty' : notDnsSubdomain(secretName);
      return when(fault !== undefined, () => `secretName '${secretName}' ${fault}`);
    },
    remedy: 'give a DNS-1123 subdomain of at most 253 characters',
  },
  {
    code: 'PGTLS-A05',
    broken: (spec) => {
      const { name, kind, group } = object(spec['issuerRef']);
      const builtIn = group === undefined || group === '' || group === 'cert-manager.io';
      return [
        ...when(text(name) === '', () => 'issuerRef has no name'),
        ...when(builtIn && kind !== undefined && kind !== 'Issuer' && kind !== 'ClusterIssuer', () => `issuerRef kind '${text(kind)}' is not of the group cert-manager.io`),
      ];
    },
    remedy: 'refer to an Issuer or ClusterIssuer by name, or give the group of the external issuer',
  },
  {
    code: 'PGTLS-B01',
    broken: (spec) =>
      when(commonName(spec) === '' && NAME_FIELDS.every((field) => list(spec[field]).length === 0), () => 'the certificate has no name of any kind'),
    remedy: 'give a commonName or at least one of dnsNames, ipAddresses, uris, emailAddresses, otherNames',
  },
  {
    code: 'PGTLS-B02',
    broken: (spec) => {
      const bytes = Buffer.byteLength(commonName(spec));
      return when(bytes > 64, () => `commonName '${commonName(spec)}' is ${bytes} bytes long, X.509 allows 64`);
    },
    remedy: 'shorten it; long host names belong in dnsNames',
  },
  {
    code: 'PGTLS-B03',
    broken: (spec) =>
      when(
        spec['literalSubject'] !== undefined && (spec['commonName'] !== undefined || Object.keys(object(spec['subject'])).length > 0),
        () => `literalSubject '${text(spec['literalSubject'])}' is given together with commonName or subject`,
      ),
    remedy: 'give either the whole subject as literalSubject or its parts',
  },
  {
    code: 'PGTLS-B04',
    broken: (spec) => list(spec['ipAddresses']).filter((ip) => isIP(ip) === 0).map((ip) => `ipAddresses entry '${ip}' is not an IP address`),
    remedy: 'give a plain IPv4 or IPv6 address, without mask, zone or port',
  },
  {
    code: 'PGTLS-B05',
    broken: (spec) =>
      list(spec['emailAddresses'])
        .filter((address) => isAscii(address) && !/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/.test(address))
        .map((address) => `emailAddresses entry '${address}' is not a bare address`),
    remedy: 'give user@host, without display name or brackets',
  },
  {
    code: 'PGTLS-B06',
    broken: (spec) =>
      (['uris', 'emailAddresses'] as const).flatMap((field) =>
        list(spec[field]).filter((entry) => !isAscii(entry)).map((entry) => `${field} entry '${entry}' is not ASCII, which cert-manager never issues`)),
    remedy: 'encode it (punycode for hosts, percent-encoding for paths)',
  },
  {
    code: 'PGTLS-B07',
    broken: (spec) =>
      list(spec['dnsNames']).flatMap((name) => {
        const fault = unmatchableDnsName(name);
        return when(fault !== undefined, () => `dnsNames entry '${name}' ${fault}`);
      }),
    remedy: 'give a host name that a client can connect to',
  },
  {
    code: 'PGTLS-B08',
    broken: (spec) => list(spec['uris']).filter((uri) => isAscii(uri) && !/^[a-z][a-z0-9+.-]*:\S+$/.test(uri)).map((uri) => `uris entry '${uri}' is not a canonical URI`),
    remedy: 'start it with a lower-case scheme and leave out spaces',
  },
  {
    code: 'PGTLS-B14',
    broken: (spec) =>
      (Array.isArray(spec['otherNames']) ? spec['otherNames'] : []).flatMap((entry) => {
        const { oid, utf8Value } = object(entry);
        return [
          ...when(!/^[0-2](\.(0|[1-9]\d*))+$/.test(text(oid)), () => `otherNames oid '${text(oid)}' is not an object identifier`),
          ...when(text(utf8Value) === '', () => `otherNames entry with oid '${text(oid)}' has no utf8Value`),
        ];
      }),
    remedy: 'give a dotted object identifier and a value',
  },
  {
    code: 'PGTLS-C01',
    broken: (spec) => {
      const { algorithm = 'RSA', size } = object(spec['privateKey']);
      if (size === undefined || size === 0) { return []; }
      const fits = algorithm === 'ECDSA' ? [256, 384, 521].includes(Number(size)) : algorithm !== 'RSA' || (Number(size) >= 2048 && Number(size) <= 8192);
      return when(!fits, () => `private key size ${text(size)} does not exist for ${text(algorithm)}`);
    },
    remedy: 'RSA takes 2048 to 8192, ECDSA 256, 384 or 521',
  },
  {
    code: 'PGTLS-C02',
    broken: (spec) => {
      const { algorithm = 'RSA' } = object(spec['privateKey']);
      const signature = spec['signatureAlgorithm'];
      return when(
        signature !== undefined && !(SIGNATURES[text(algorithm)] ?? []).includes(text(signature)),
        () => `signatureAlgorithm ${text(signature)} cannot be made with a ${text(algorithm)} key`,
      );
    },
    remedy: 'choose one of the family of the private key, or leave it out',
  },
  {
    code: 'PGTLS-C04',
    broken: (spec) => {
      const formats = (Array.isArray(spec['additionalOutputFormats']) ? spec['additionalOutputFormats'] : []).map((format) => text(object(format)['type']));
      return duplicates(formats).map((format) => `additionalOutputFormats names ${format} twice`);
    },
    remedy: 'name each format once',
  },
  {
    code: 'PGTLS-C05',
    broken: (spec) =>
      (['jks', 'pkcs12'] as const).flatMap((kind) => {
        const keystore = object(spec['keystores'])[kind];
        if (keystore === undefined) { return []; }
        const { password, passwordSecretRef } = object(keystore);
        const { name, key } = object(passwordSecretRef);
        if (password !== undefined && passwordSecretRef !== undefined) { return [`keystores.${kind} has two password sources`]; }
        if (password !== undefined) { return when(password === '', () => `keystores.${kind} has an empty password`); }
        // The webhook does not look at the key; the controller fails on it later.
        return when(text(name) === '' || text(key) === '', () => `keystores.${kind} has no password source with name and key`);
      }),
    remedy: 'refer to exactly one password by Secret name and key',
  },
  {
    code: 'PGTLS-D01',
    broken: (spec) =>
      (['duration', 'renewBefore'] as const)
        .filter((field) => spec[field] !== undefined && parseGoDuration(spec[field]) === undefined)
        .map((field) => `${field} '${text(spec[field])}' is not a Go duration`),
    remedy: 'use hours, minutes and seconds (2160h0m0s); there is no unit for days',
  },
  {
    code: 'PGTLS-D02',
    broken: (spec) => {
      const duration = parseGoDuration(spec['duration']);
      return when(duration !== undefined && duration < HOUR, () => `duration ${text(spec['duration'])} is below one hour`);
    },
    remedy: 'give at least 1h; a day or more leaves time for the renewal to reach the pod',
  },
  {
    code: 'PGTLS-D03',
    broken: (spec) => {
      const renewBefore = parseGoDuration(spec['renewBefore']);
      if (renewBefore === undefined) { return []; }
      const duration = parseGoDuration(spec['duration']) ?? DEFAULT_DURATION;
      return [
        ...when(renewBefore < 5 * MINUTE, () => `renewBefore ${text(spec['renewBefore'])} is below five minutes`),
        ...when(renewBefore >= duration, () => `renewBefore ${text(spec['renewBefore'])} is not below the duration ${text(spec['duration'] ?? '2160h0m0s')}`),
      ];
    },
    remedy: 'give at least 5m and less than the duration, a third of it for example',
  },
  {
    code: 'PGTLS-D04',
    broken: (spec) => when(spec['renewBefore'] !== undefined && spec['renewBeforePercentage'] !== undefined, () => 'renewBefore and renewBeforePercentage are given together'),
    remedy: 'give one of them',
  },
  {
    code: 'PGTLS-D05',
    broken: (spec) => {
      if (spec['renewBeforePercentage'] === undefined) { return []; }
      const percentage = Number(spec['renewBeforePercentage']);
      if (!Number.isInteger(percentage) || percentage < 1 || percentage > 99) { return [`renewBeforePercentage ${text(spec['renewBeforePercentage'])} is not between 1 and 99`]; }
      const duration = parseGoDuration(spec['duration']) ?? DEFAULT_DURATION;
      // Up to 1.21.1 the webhook tests the complement and the controller the percentage itself, so both must leave five minutes.
      return when(duration * Math.min(percentage, 100 - percentage) / 100 < 5 * MINUTE, () => `renewBeforePercentage ${percentage} leaves less than five minutes of ${text(spec['duration'])}`);
    },
    remedy: 'choose a percentage that leaves five minutes before and after the renewal',
  },
  {
    code: 'PGTLS-D06',
    broken: (spec) => {
      if (spec['renewal'] === undefined) { return []; }
      const { policy, windows } = object(spec['renewal']);
      const all = (Array.isArray(windows) ? windows : []).map(object);
      return [
        ...when(policy !== 'RenewBefore' && policy !== 'Disabled', () => `renewal policy '${text(policy)}' is neither RenewBefore nor Disabled`),
        ...when(policy === 'Disabled' && all.length > 0, () => 'renewal windows are given although renewal is Disabled'),
        ...all.filter(({ windowDuration }) => (parseGoDuration(windowDuration) ?? 0) <= 0).map(({ windowDuration }) => `renewal windowDuration '${text(windowDuration)}' is not positive`),
        ...all.filter(({ cron }) => text(cron).trim().split(/\s+/).length !== 5).map(({ cron }) => `renewal cron '${text(cron)}' has not five fields`),
        ...all.filter(({ timezone }) => timezone !== undefined && !isTimeZone(text(timezone))).map(({ timezone }) => `renewal timezone '${text(timezone)}' is not an IANA name`),
      ];
    },
    remedy: 'give a policy, and windows of a positive length with a five-field cron only under RenewBefore',
  },
  {
    code: 'PGTLS-D10',
    broken: (spec) => when(spec['revisionHistoryLimit'] !== undefined && !(Number(spec['revisionHistoryLimit']) >= 1), () => `revisionHistoryLimit ${text(spec['revisionHistoryLimit'])} is below 1`),
    remedy: 'keep at least one CertificateRequest',
  },
  {
    code: 'PGTLS-E07',
    broken: (spec) => {
      if (spec['nameConstraints'] === undefined) { return []; }
      const { permitted, excluded } = object(spec['nameConstraints']);
      const lists = [permitted, excluded].flatMap((side) => Object.values(object(side))).flatMap(list);
      return [
        ...when(spec['isCA'] !== true, () => 'nameConstraints are given for a certificate that is not an authority'),
        ...when(lists.length === 0, () => 'nameConstraints name nothing'),
      ];
    },
    remedy: 'set them on an authority, with at least one permitted or excluded name',
  },
  {
    code: 'PGTLS-E04',
    severity: Severity.ERROR,
    broken: (spec) =>
      when(spec['isCA'] === true && commonName(spec) === '' && spec['literalSubject'] === undefined && Object.keys(object(spec['subject'])).length === 0,
        () => 'an authority has an empty subject, which RFC 5280 forbids'),
    remedy: 'give it a commonName of its own',
  },
];

/** The commonName, wherever it stands. */
function commonName(spec: CertificateSpecView): string {
  const literal = text(spec['literalSubject']).match(/(?:^|[,+]\s*)CN\s*=\s*((?:\\.|[^,+\\])*)/i)?.[1];
  return text(spec['commonName'] ?? literal);
}

function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {};
}

function duplicates(values: string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
