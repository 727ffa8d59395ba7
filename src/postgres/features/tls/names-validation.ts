import { CertificateAlias } from '../../certificate-alias';
import { certificateNames, uncertifiedHosts } from '../../plan/published-hosts';
import type { WrittenDatabase } from '../../plan/database-context';
import { libpqMatchesHost } from '../../../postgresql';
import { Consequence, Rule, when } from '../../../rules';

/** What is proven about the names of a database: whoever is told one finds it on the certificate. Services and Certificates are judged as they are written. */
export const NAME_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [
  {
    code: 'PGTLS-P51',
    title: 'server names of which none can be connected to, or that are said in two places',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq, sslmode=verify-full: a client needs one host that the certificate carries',
    check: ({ props: { tls = undefined }, plan }) => {
      if (!plan.tls || !tls?.serverNames?.isExclusive) { return []; }
      const { names } = tls.serverNames;
      const { dnsNames = [], ipAddresses = [] } = tls.certificates?.find(({ alias }) => alias === CertificateAlias.SERVER) ?? {};
      const beside = [...dnsNames, ...ipAddresses];
      return [
        ...when(names.length === 0, () => 'tls.serverNames is an empty list of the only names'),
        ...when(names.length > 0 && plan.serverNames.endpoint === undefined, () => `tls.serverNames has wildcards only ('${names.join("', '")}'), and no host for endpoint`),
        ...when(beside.length > 0, () => `tls.serverNames says only '${names.join("', '")}', and tls.certificates gives the alias server '${beside.join("', '")}' as well`),
      ];
    },
    fix: 'give ServerNames.only every name, the first without a wildcard being where clients connect, or ServerNames.also what comes beside those in the cluster',
  },
  {
    code: 'PGTLS-P49',
    title: 'a published host name that is not on the server certificate',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'external-dns, hostname annotations; libpq, sslmode=verify-full',
    check: (database) => uncertifiedHosts(database, CertificateAlias.SERVER, ['service', 'headless-service'])
      .map(({ field, host }) => `serviceTemplates: ${field} publishes '${host}', which the server certificate does not carry`),
    fix: 'add the host to tls.serverNames',
  },
  {
    code: 'PGTLS-P54',
    title: 'a patched server certificate without the host of endpoint',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq, sslmode=verify-full',
    check: ({ plan, written }) => {
      const names = certificateNames(written(`${CertificateAlias.SERVER}-cert`));
      const { endpoint, ...planned } = plan.serverNames;
      return when(names !== undefined && endpoint !== undefined && libpqMatchesHost(endpoint, { ...planned, commonName: '' }) && !libpqMatchesHost(endpoint, names),
        () => `endpoint has the host '${endpoint}', which the certificate does not carry as it is written`);
    },
    fix: 'take the patch back and give tls.serverNames: ServerNames.only has no other names, and endpoint is one of them',
  },
];
