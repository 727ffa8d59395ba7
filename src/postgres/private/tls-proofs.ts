import { issuerOf, type PostgresSubject } from './subject';
import { Basis, Rule, when } from '../../proofs/private/rule';
import { formatAuthorities } from '../../proofs/private/trust-view';
import type { TrustSource } from '../../cert-manager/trust-source';
import { CertificateAlias } from '../ssl-mode';
import { TlsProtocolVersion } from '../tls-options';

/** What is proven about the TLS settings of the server. */
export const TLS_RULES: ReadonlyArray<Rule<PostgresSubject>> = [
  {
    code: 'PGTLS-P15',
    title: 'TLS settings that do not fit each other or the major',
    basis: Basis.STALLS,
    source: 'PostgreSQL, SSL parameters',
    broken: ({ props: { tls = undefined }, plan }) => {
      if (!tls) { return []; }
      const { ciphers, cipherSuites, groups, maxProtocolVersion: max, minProtocolVersion: min = TlsProtocolVersion.TLS_1_3 } = tls;
      return [
        ...when(max !== undefined && max < min, () => `tls.maxProtocolVersion ${max} is below the minimum ${min}`),
        ...when(ciphers !== undefined && min === TlsProtocolVersion.TLS_1_3, () => 'tls.ciphers is for TLS 1.2, which the server does not speak'),
        ...when(cipherSuites !== undefined && plan.major < 18, () => `tls.cipherSuites needs PostgreSQL 18, this is ${plan.major}`),
        ...when(cipherSuites !== undefined && max === TlsProtocolVersion.TLS_1_2, () => 'tls.cipherSuites is for TLS 1.3, which the server does not speak'),
        ...when(groups !== undefined && plan.major < 18 && groups.length !== 1, () => `tls.groups has ${groups!.length} entries, PostgreSQL ${plan.major} takes one`),
        ...[...(cipherSuites ?? []), ...(groups ?? [])].filter((name) => !/^[A-Za-z0-9_.-]+$/.test(name)).map((name) => `tls: '${name}' is no name of a cipher suite or group`),
        ...when(cipherSuites?.length === 0 || groups?.length === 0 || ciphers === '', () => 'tls: an empty list would leave nothing to agree on'),
        ...when(tls.certificateRevocationList !== undefined && !plan.clientAuthority, () => 'tls.certificateRevocationList is given, yet no client certificate is checked'),
      ];
    },
    remedy: "leave it out for PostgreSQL's default, or give what this major and protocol know",
  },
  {
    code: 'PGTLS-P19',
    title: 'a certificate of a database whose authority is not among the trusted ones',
    basis: Basis.PEER,
    source: 'PostgreSQL, ssl_ca_file; libpq, sslrootcert',
    broken: ({ props, plan }) => {
      if (!plan.tls) { return []; }
      const clients = [CertificateAlias.CLIENT, ...(plan.exporter ? [CertificateAlias.METRICS_EXPORTER] : [])];
      return [
        ...(plan.clientAuthority ? clients : []).flatMap((alias) => notTrusted(props, alias, 'tls.clientAuthorities', plan.clientAuthorities)),
        ...notTrusted(props, CertificateAlias.SERVER, 'tls.serverAuthorities', plan.serverAuthorities),
      ];
    },
    remedy: 'add the authority to the bundle (TrustedAuthority), or have the certificate issued by one that is in it',
  },
];

function notTrusted(props: PostgresSubject['props'], alias: CertificateAlias, where: string, { issuers }: TrustSource): string[] {
  const issuer = issuerOf(props, alias);
  return when(issuer !== undefined && issuers !== undefined && !issuers.some((known) => formatAuthorities([known]) === formatAuthorities([issuer])),
    () => `the ${alias} certificate comes from '${issuer!.issuerName}', which ${where} does not hold`);
}
