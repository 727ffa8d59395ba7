import { CertificateView } from '../certificate-view';
import { mapping, texts } from '../reading';
import { Basis, Rule, when } from '../rule';
import { ruleTable } from '../rule-table';

/** What is proven about authorities and who trusts them. */
export const AUTHORITY_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-E07',
    title: 'name constraints on what is no authority, or that name nothing',
    basis: Basis.REFUSED,
    source: 'cert-manager webhook (validation/certificate.go)',
    broken: ({ spec }) => {
      if (spec['nameConstraints'] === undefined) { return []; }
      const { permitted, excluded } = mapping(spec['nameConstraints']);
      const lists = [permitted, excluded].flatMap((side) => Object.values(mapping(side))).flatMap(texts);
      return [
        ...when(spec['isCA'] !== true, () => 'nameConstraints are given for a certificate that is not an authority'),
        ...when(lists.length === 0, () => 'nameConstraints name nothing'),
      ];
    },
    remedy: 'set them on an authority, with at least one permitted or excluded name',
  },
  {
    code: 'PGTLS-E04',
    title: 'an authority without a subject',
    basis: Basis.PEER,
    source: 'RFC 5280, 4.1.2.4; openssl verify -x509_strict',
    broken: ({ isCa, subject }) => when(isCa && subject === '', () => 'an authority has an empty subject, which RFC 5280 forbids'),
    remedy: 'give it a commonName of its own',
  },
] satisfies Rule<CertificateView>[]);
