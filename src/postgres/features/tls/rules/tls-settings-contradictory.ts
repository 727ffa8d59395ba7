import { TlsProtocolVersion } from '../tls-options';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const tlsSettingsContradictory: Rule<DatabaseContext> = {
  id: 'tls-settings-contradictory',
  code: 'PGTLS-P15',
  title: 'TLS settings that contradict each other or the PostgreSQL major version',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('runtime-config-connection.html#RUNTIME-CONFIG-CONNECTION-SSL', 'SSL parameters')],
  check: ({ props: { tls }, plan }, report) => {
    if (!tls) { return; }
    const { ciphers, cipherSuites, groups, maxProtocolVersion: max, minProtocolVersion: min = TlsProtocolVersion.TLS_1_3 } = tls;
    if (max !== undefined && max < min) { report('tls.maxProtocolVersion', `tls.maxProtocolVersion ${max} is below the minimum ${min}`); }
    if (ciphers !== undefined && min === TlsProtocolVersion.TLS_1_3) { report('tls.ciphers', 'tls.ciphers applies to TLS 1.2, which tls.minProtocolVersion disables'); }
    if (cipherSuites !== undefined && plan.major < 18) { report('tls.cipherSuites', `tls.cipherSuites requires PostgreSQL 18, but the version is ${plan.major}`); }
    if (cipherSuites !== undefined && max === TlsProtocolVersion.TLS_1_2) { report('tls.cipherSuites', 'tls.cipherSuites applies to TLS 1.3, which tls.maxProtocolVersion disables'); }
    if (groups !== undefined && plan.major < 18 && groups.length !== 1) {
      report('tls.groups', `tls.groups has ${groups.length} entries, but PostgreSQL ${plan.major} supports exactly one`);
    }
    for (const [property, names = []] of Object.entries({ cipherSuites, groups })) {
      names.forEach((name, index) => {
        if (!/^[A-Za-z0-9_.-]+$/.test(name)) { report(`tls.${property}[${index}]`, `tls: '${name}' is not a valid name of a cipher suite or group`); }
      });
    }
    const empty = Object.entries({ ciphers, cipherSuites, groups }).find(([, value]) => value?.length === 0);
    if (empty !== undefined) { report(`tls.${empty[0]}`, 'tls: ciphers, cipherSuites or groups is empty'); }
    if (tls.certificateRevocationList !== undefined && !plan.checksClientCertificates) {
      report('tls.certificateRevocationList', 'tls.certificateRevocationList is set, but the server does not check client certificates');
    }
  },
  fix: "remove the setting to use PostgreSQL's default, or use a value that this major version and protocol support",
};
