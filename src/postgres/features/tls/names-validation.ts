import { CertificateAlias } from '../../plan/certificate-alias';
import { certificateNames, uncertifiedHosts } from '../../plan/uncertified-hosts';
import type { WrittenDatabase } from '../../plan/database-context';
import { libpqMatchesHost } from '../../../postgresql';
import { Consequence, Rule, when } from '../../../rules';

/** Rules for server names: every published host name must be in the certificate. Services and Certificates are checked as they are written. */
export const NAME_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [
  {
    code: 'PGTLS-P51',
    title: 'serverNames without a usable host, or together with names in tls.certificates.server',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq, sslmode=verify-full: a client needs a host name that is in the certificate',
    check: ({ props: { tls = undefined }, plan }) => {
      if (!plan.tls || !tls?.serverNames?.isExclusive) { return []; }
      const { names } = tls.serverNames;
      const { dnsNames = [], ipAddresses = [] } = tls.certificates?.server ?? {};
      const beside = [...dnsNames, ...ipAddresses];
      return [
        ...when(names.length === 0, () => 'tls.serverNames: the list of ServerNames.only is empty'),
        ...when(names.length > 0 && plan.serverNames.endpoint === undefined, () => `tls.serverNames contains only wildcards ('${names.join("', '")}') and no host for endpoint`),
        ...when(beside.length > 0, () => `tls.serverNames replaces all names with '${names.join("', '")}', but tls.certificates.server also has '${beside.join("', '")}'`),
      ];
    },
    fix: 'list every name in ServerNames.only (clients connect to the first one without a wildcard), or add names to those in the cluster with ServerNames.also',
  },
  {
    code: 'PGTLS-P49',
    title: 'published host name is not in the server certificate',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'external-dns, hostname annotations; libpq, sslmode=verify-full',
    check: (database) => uncertifiedHosts(database, CertificateAlias.SERVER, ['service', 'headless-service'])
      .map(({ field, host }) => `services: ${field} publishes '${host}', which is not in the server certificate`),
    fix: 'add the host to tls.serverNames',
  },
  {
    code: 'PGTLS-P54',
    title: 'patched server certificate without the host of endpoint',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq, sslmode=verify-full',
    check: ({ plan, written }) => {
      const names = certificateNames(written(`${CertificateAlias.SERVER}-cert`));
      const { endpoint, ...planned } = plan.serverNames;
      return when(names !== undefined && endpoint !== undefined && libpqMatchesHost(endpoint, { ...planned, commonName: '' }) && !libpqMatchesHost(endpoint, names),
        () => `endpoint has the host '${endpoint}', which is not in the server certificate as it is written`);
    },
    fix: 'remove the patch and set tls.serverNames: ServerNames.only replaces all names, and endpoint uses one of them',
  },
];
