import { CertificateView } from '../certificate-view';
import { duplicates, mapping, mappings, text } from '../reading';
import { Basis, Rule, when } from '../rule';
import { ruleTable } from '../rule-table';

const SIGNATURES: Readonly<Record<string, string[]>> = {
  RSA: ['SHA256WithRSA', 'SHA384WithRSA', 'SHA512WithRSA'],
  ECDSA: ['ECDSAWithSHA256', 'ECDSAWithSHA384', 'ECDSAWithSHA512'],
  Ed25519: ['PureEd25519'],
};

/** What is proven about keys and the formats in which they are written. */
export const KEY_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-C01',
    title: 'a key size that the algorithm does not have',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) => {
      const { algorithm = 'RSA', size } = mapping(spec['privateKey']);
      if (size === undefined || size === 0) { return []; }
      const fits = algorithm === 'ECDSA' ? [256, 384, 521].includes(Number(size)) : algorithm !== 'RSA' || (Number(size) >= 2048 && Number(size) <= 8192);
      return when(!fits, () => `private key size ${text(size)} does not exist for ${text(algorithm)}`);
    },
    remedy: 'RSA takes 2048 to 8192, ECDSA 256, 384 or 521',
  },
  {
    code: 'PGTLS-C02',
    title: 'a signature algorithm of another family than the key',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) => {
      const { algorithm = 'RSA' } = mapping(spec['privateKey']);
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
    title: 'an output format that is named twice',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) => {
      const formats = mappings(spec['additionalOutputFormats']).map((format) => text(format['type']));
      return duplicates(formats).map((format) => `additionalOutputFormats names ${format} twice`);
    },
    remedy: 'name each format once',
  },
  {
    code: 'PGTLS-C05',
    title: 'a keystore without exactly one password',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go); the key of passwordSecretRef: issuing/internal/secret.go',
    broken: ({ spec }) =>
      (['jks', 'pkcs12'] as const).flatMap((kind) => {
        const keystore = mapping(spec['keystores'])[kind];
        if (keystore === undefined) { return []; }
        const { password, passwordSecretRef } = mapping(keystore);
        const { name, key } = mapping(passwordSecretRef);
        if (password !== undefined && passwordSecretRef !== undefined) { return [`keystores.${kind} has two password sources`]; }
        if (password !== undefined) { return when(password === '', () => `keystores.${kind} has an empty password`); }
        // The webhook does not look at the key; the controller fails on it later.
        return when(text(name) === '' || text(key) === '', () => `keystores.${kind} has no password source with name and key`);
      }),
    remedy: 'refer to exactly one password by Secret name and key',
  },
] satisfies Rule<CertificateView>[]);
