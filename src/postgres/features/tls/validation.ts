import { CLIENT_CA_RULES } from './client-ca-validation';
import { TlsProtocolVersion } from './tls-options';
import type { DatabaseContext } from '../../plan/database-context';
import { duplicates } from '../../../data';
import { Consequence, Rule, when } from '../../../rules';

/** What is proven about the TLS settings of the server, its certificates and the CA of its clients. */
export const TLS_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P06',
    title: 'a certificate alias that is named twice',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'README, Properties of Postgres',
    check: ({ props }) => duplicates((props.tls?.certificates ?? []).map(({ alias }) => alias)).map((alias) => `certificate alias '${alias}' is given twice`),
    fix: 'say everything about one certificate in one place',
  },
  {
    code: 'PGTLS-P15',
    title: 'TLS settings that do not fit each other or the major',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, SSL parameters',
    check: ({ props: { tls = undefined }, plan }) => {
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
        ...when(tls.certificateRevocationList !== undefined && !plan.checksClientCertificates, () => 'tls.certificateRevocationList is given, yet no client certificate is checked'),
      ];
    },
    fix: "leave it out for PostgreSQL's default, or give what this major and protocol know",
  },
  ...CLIENT_CA_RULES,
];
