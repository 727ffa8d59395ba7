import { duplicates, isGiven, Mapping, mapping, mappings, text } from '../../data';
import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'cert-manager webhook (validation/certificate.go)';

const SIGNATURES: Readonly<Record<string, string[]>> = {
  RSA: ['SHA256WithRSA', 'SHA384WithRSA', 'SHA512WithRSA'],
  ECDSA: ['ECDSAWithSHA256', 'ECDSAWithSHA384', 'ECDSAWithSHA512'],
  Ed25519: ['PureEd25519'],
};
const ALL_SIGNATURES = Object.values(SIGNATURES).flat();

/** Rules about private keys and output formats. The schema rule rejects unknown enum values (PGTLS-A13). */
export const KEY_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-C01',
    title: 'key size that the key algorithm does not support',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ keyAlgorithm, keySize }) => {
      if (keySize === undefined) { return []; }
      const fits = keyAlgorithm === 'ECDSA' ? [256, 384, 521].includes(keySize) : keyAlgorithm !== 'RSA' || (keySize >= 2048 && keySize <= 8192);
      return when(!fits, () => `privateKey.size ${keySize} is not a valid size for ${keyAlgorithm}`);
    },
    fix: 'set a size of 2048 to 8192 for RSA, or of 256, 384 or 521 for ECDSA',
  },
  {
    code: 'PGTLS-C02',
    title: 'signatureAlgorithm does not match the private key algorithm',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec, keyAlgorithm }) => {
      const signature = text(spec['signatureAlgorithm']);
      const fitting = SIGNATURES[keyAlgorithm];
      return when(ALL_SIGNATURES.includes(signature) && fitting !== undefined && !fitting.includes(signature),
        () => `signatureAlgorithm ${signature} does not match the private key algorithm ${keyAlgorithm}${hasAlgorithm(spec) ? '' : ' (the default)'}`);
    },
    fix: 'use a signature algorithm of the same family as the private key, or remove it',
  },
  {
    code: 'PGTLS-C03',
    severity: Severity.WARNING,
    title: 'DER private key not in PKCS#8',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager issuing/internal/secret.go: key.der has the encoding of the PEM; pgjdbc LazyKeyManager reads only PKCS#8',
    check: ({ spec, keyAlgorithm }) => {
      const encoding = text(mapping(spec['privateKey'])['encoding']) || 'PKCS1';
      // An Ed25519 key has no other encoding.
      return when(formatsOf(spec).includes('DER') && encoding === 'PKCS1' && keyAlgorithm !== 'Ed25519',
        () => 'additionalOutputFormats includes DER (key.der), but privateKey.encoding is PKCS1');
    },
    fix: 'set privateKey.encoding to PKCS8, which JDBC, Node.js, Go and libpq all read',
  },
  {
    code: 'PGTLS-C04',
    title: 'duplicate output format in additionalOutputFormats',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec }) => duplicates(formatsOf(spec)).map((format) => `additionalOutputFormats lists ${format} twice`),
    fix: 'list each format once',
  },
  {
    code: 'PGTLS-C05',
    title: 'keystore without exactly one password source',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: (certificate) => keystoresOf(certificate).flatMap(({ kind, password, refers, reference }) => {
      const isReferred = text(reference['name']) !== '';
      if (password === undefined) { return when(!isReferred, () => `keystores.${kind} has no password source`); }
      return [
        ...when(isReferred, () => `keystores.${kind} has two password sources`),
        ...when(password === '' && !isReferred, () => `keystores.${kind} has an empty password`),
        ...when(!isGiven(reference['name']) && refers, () => `keystores.${kind}.passwordSecretRef has no name`),
      ];
    }),
    fix: 'set either passwordSecretRef with name and key, or a non-empty password',
  },
  {
    code: 'PGTLS-C09',
    severity: Severity.WARNING,
    title: 'key size set for Ed25519',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager pkg/util/pki/generate.go: an Ed25519 key has one size',
    check: ({ keyAlgorithm, keySize }) =>
      when(keyAlgorithm === 'Ed25519' && keySize !== undefined, () => `privateKey.size ${keySize} is ignored for Ed25519`),
    fix: 'remove the size',
  },
  {
    code: 'PGTLS-C10',
    severity: Severity.WARNING,
    title: 'RSA key larger than 4096 bits',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'a signature with 8192 bits costs about fifty times one with 2048, at every TLS handshake',
    check: ({ keyAlgorithm, keySize = 0 }) =>
      when(keyAlgorithm === 'RSA' && keySize > 4096 && keySize <= 8192, () => `privateKey is RSA with ${keySize} bits`),
    fix: 'use ECDSA, or RSA with at most 4096 bits',
  },
  {
    code: 'PGTLS-C11',
    severity: Severity.WARNING,
    title: 'keystore password in plain text',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'everyone who can read the repository or the Certificate can read the password',
    check: (certificate) =>
      keystoresOf(certificate).filter(({ password, reference }) => text(password) !== '' && text(reference['name']) === '')
        .map(({ kind }) => `keystores.${kind}.password is in plain text`),
    fix: 'use passwordSecretRef, or acknowledge the warning if access to the Secret is what protects the key',
  },
  {
    code: 'PGTLS-C12',
    severity: Severity.WARNING,
    title: 'PKCS#12 keystore with RC2, which OpenSSL 3 and Java 20 cannot read',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager types_certificate.go: the default profile is LegacyRC2; OpenSSL 3 has RC2 only in its legacy provider',
    check: (certificate) =>
      keystoresOf(certificate).filter(({ kind, create, profile }) => kind === 'pkcs12' && create && (profile === '' || profile === 'LegacyRC2'))
        .map(({ profile }) => `keystores.pkcs12.profile is ${profile === '' ? 'not set (default LegacyRC2)' : 'LegacyRC2'}`),
    fix: 'set profile to Modern2023',
  },
  {
    code: 'PGTLS-C13',
    title: 'keystore passwordSecretRef without a key',
    consequence: Consequence.NEVER_READY,
    source: 'the webhook does not check the key; the controller fails in issuing/internal/secret.go',
    check: (certificate) =>
      keystoresOf(certificate).filter(({ password, reference: { name, key } }) => password === undefined && text(name) !== '' && text(key) === '')
        .map(({ kind, reference: { name } }) => `keystores.${kind}.passwordSecretRef names Secret '${text(name)}' without a key`),
    fix: 'set passwordSecretRef.key to the key of the Secret that holds the password',
  },
] satisfies Rule<CertificateNode>[]);

function hasAlgorithm(spec: CertificateNode['spec']): boolean {
  return text(mapping(spec['privateKey'])['algorithm']) !== '';
}

function formatsOf(spec: CertificateNode['spec']): string[] {
  return mappings(spec['additionalOutputFormats']).map(({ type }) => text(type)).filter((type) => type !== '');
}

interface KeystoreView {
  readonly kind: 'jks' | 'pkcs12';
  readonly create: boolean;
  readonly password: unknown;
  readonly refers: boolean;
  readonly reference: Mapping;
  readonly profile: string;
}

function keystoresOf({ spec }: CertificateNode): KeystoreView[] {
  const keystores = mapping(spec['keystores']);
  return (['jks', 'pkcs12'] as const).filter((kind) => keystores[kind] !== undefined && keystores[kind] !== null).map((kind) => {
    const { create, password, passwordSecretRef, profile } = mapping(keystores[kind]);
    return { kind, create: create === true, password: password ?? undefined, refers: isGiven(passwordSecretRef), reference: mapping(passwordSecretRef), profile: text(profile) };
  });
}
