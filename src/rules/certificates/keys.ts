import { duplicates, isGiven, Mapping, mapping, mappings, text } from '../../data';
import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const WEBHOOK = 'cert-manager webhook (validation/certificate.go)';

const SIGNATURES: Readonly<Record<string, string[]>> = {
  RSA: ['SHA256WithRSA', 'SHA384WithRSA', 'SHA512WithRSA'],
  ECDSA: ['ECDSAWithSHA256', 'ECDSAWithSHA384', 'ECDSAWithSHA512'],
  Ed25519: ['PureEd25519'],
};
const ALL_SIGNATURES = Object.values(SIGNATURES).flat();

/** What is proven about keys and the formats in which they are written. Unknown words are for the schema to refuse (PGTLS-A13). */
export const KEY_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-C01',
    title: 'a key size that the algorithm does not have',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ keyAlgorithm, keySize }) => {
      if (keySize === undefined) { return []; }
      const fits = keyAlgorithm === 'ECDSA' ? [256, 384, 521].includes(keySize) : keyAlgorithm !== 'RSA' || (keySize >= 2048 && keySize <= 8192);
      return when(!fits, () => `private key size ${keySize} does not exist for ${keyAlgorithm}`);
    },
    fix: 'RSA takes 2048 to 8192, ECDSA 256, 384 or 521',
  },
  {
    code: 'PGTLS-C02',
    title: 'a signature algorithm of another family than the key',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec, keyAlgorithm }) => {
      const signature = text(spec['signatureAlgorithm']);
      const fitting = SIGNATURES[keyAlgorithm];
      return when(ALL_SIGNATURES.includes(signature) && fitting !== undefined && !fitting.includes(signature),
        () => `signatureAlgorithm ${signature} cannot be made with a key of algorithm ${keyAlgorithm}${saysAlgorithm(spec) ? '' : ', the default'}`);
    },
    fix: 'choose one of the family of the private key, or leave it out',
  },
  {
    code: 'PGTLS-C03',
    severity: Severity.WARNING,
    title: 'a key in DER that is not PKCS#8',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager issuing/internal/secret.go: key.der holds what the PEM holds; pgjdbc LazyKeyManager reads PKCS#8 alone',
    check: ({ spec, keyAlgorithm }) => {
      const encoding = text(mapping(spec['privateKey'])['encoding']) || 'PKCS1';
      // An Ed25519 key has no other encoding.
      return when(formatsOf(spec).includes('DER') && encoding === 'PKCS1' && keyAlgorithm !== 'Ed25519',
        () => 'additionalOutputFormats asks for key.der, and the encoding of the private key is PKCS1');
    },
    fix: 'set privateKey.encoding PKCS8, which JDBC, Node.js, Go and libpq all read',
  },
  {
    code: 'PGTLS-C04',
    title: 'an output format that is named twice',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: WEBHOOK,
    check: ({ spec }) => duplicates(formatsOf(spec)).map((format) => `additionalOutputFormats names ${format} twice`),
    fix: 'name each format once',
  },
  {
    code: 'PGTLS-C05',
    title: 'a keystore without exactly one password',
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
    fix: 'refer to exactly one password by Secret name and key',
  },
  {
    code: 'PGTLS-C09',
    severity: Severity.WARNING,
    title: 'a key size with Ed25519',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager pkg/util/pki/generate.go: an Ed25519 key has one size',
    check: ({ keyAlgorithm, keySize }) =>
      when(keyAlgorithm === 'Ed25519' && keySize !== undefined, () => `private key size ${keySize} is ignored for Ed25519`),
    fix: 'leave out the size',
  },
  {
    code: 'PGTLS-C10',
    severity: Severity.WARNING,
    title: 'an RSA key that slows every connection down',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'a signature with 8192 bits costs about fifty times one with 2048, at every TLS handshake',
    check: ({ keyAlgorithm, keySize = 0 }) =>
      when(keyAlgorithm === 'RSA' && keySize > 4096 && keySize <= 8192, () => `the private key is RSA of ${keySize} bits`),
    fix: 'use ECDSA, or at most 4096 bits',
  },
  {
    code: 'PGTLS-C11',
    severity: Severity.WARNING,
    title: 'a keystore password in the manifest',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'whoever reads the repository or the Certificate reads the password',
    check: (certificate) =>
      keystoresOf(certificate).filter(({ password, reference }) => text(password) !== '' && text(reference['name']) === '')
        .map(({ kind }) => `keystores.${kind} has its password in plain text`),
    fix: 'refer to a Secret with passwordSecretRef, or acknowledge the warning where access to the Secret is what protects the key',
  },
  {
    code: 'PGTLS-C12',
    severity: Severity.WARNING,
    title: 'a PKCS#12 keystore with ciphers that OpenSSL 3 and Java 20 refuse',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager types_certificate.go: the profile is LegacyRC2 unless said; OpenSSL 3 has RC2 in its legacy provider only',
    check: (certificate) =>
      keystoresOf(certificate).filter(({ kind, create, profile }) => kind === 'pkcs12' && create && (profile === '' || profile === 'LegacyRC2'))
        .map(({ profile }) => `keystores.pkcs12 has ${profile === '' ? 'no profile, which means LegacyRC2' : 'the profile LegacyRC2'}`),
    fix: 'set profile Modern2023',
  },
  {
    code: 'PGTLS-C13',
    title: 'a keystore password without its key in the Secret',
    consequence: Consequence.NEVER_READY,
    source: 'the webhook does not look at the key; issuing/internal/secret.go does, and fails with KeystorePasswordSecretNotFound',
    check: (certificate) =>
      keystoresOf(certificate).filter(({ password, reference: { name, key } }) => password === undefined && text(name) !== '' && text(key) === '')
        .map(({ kind, reference: { name } }) => `keystores.${kind}.passwordSecretRef names Secret '${text(name)}' and no key in it`),
    fix: 'name the key that holds the password',
  },
] satisfies Rule<CertificateNode>[]);

function saysAlgorithm(spec: CertificateNode['spec']): boolean {
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
