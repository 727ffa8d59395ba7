import { TlsProtocolVersion } from '../tls-options';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';

export const tlsSettingsContradictory: Rule<DatabaseContext> = {
  id: 'tls-settings-contradictory',
  code: 'PGTLS-P15',
  title: 'TLS settings that contradict each other or the PostgreSQL major version',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, SSL parameters',
  check: ({ props: { tls = undefined }, plan }) => {
    if (!tls) { return []; }
    const { ciphers, cipherSuites, groups, maxProtocolVersion: max, minProtocolVersion: min = TlsProtocolVersion.TLS_1_3 } = tls;
    return [
      ...when(max !== undefined && max < min, () => `tls.maxProtocolVersion ${max} is below the minimum ${min}`),
      ...when(ciphers !== undefined && min === TlsProtocolVersion.TLS_1_3, () => 'tls.ciphers applies to TLS 1.2, which tls.minProtocolVersion disables'),
      ...when(cipherSuites !== undefined && plan.major < 18, () => `tls.cipherSuites requires PostgreSQL 18, but the version is ${plan.major}`),
      ...when(cipherSuites !== undefined && max === TlsProtocolVersion.TLS_1_2, () => 'tls.cipherSuites applies to TLS 1.3, which tls.maxProtocolVersion disables'),
      ...when(groups !== undefined && plan.major < 18 && groups.length !== 1, () => `tls.groups has ${groups!.length} entries, but PostgreSQL ${plan.major} supports exactly one`),
      ...[...(cipherSuites ?? []), ...(groups ?? [])].filter((name) => !/^[A-Za-z0-9_.-]+$/.test(name)).map((name) => `tls: '${name}' is not a valid name of a cipher suite or group`),
      ...when(cipherSuites?.length === 0 || groups?.length === 0 || ciphers === '', () => 'tls: ciphers, cipherSuites or groups is empty'),
      ...when(tls.certificateRevocationList !== undefined && !plan.checksClientCertificates, () => 'tls.certificateRevocationList is set, but the server does not check client certificates'),
    ];
  },
  fix: "remove the setting to use PostgreSQL's default, or use a value that this major version and protocol support",
};
