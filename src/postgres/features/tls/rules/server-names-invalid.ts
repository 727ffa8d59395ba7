import type { WrittenDatabase } from '../../../plan/database-context';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const serverNamesInvalid: Rule<WrittenDatabase> = {
  id: 'server-names-invalid',
  code: 'PGTLS-P51',
  title: 'serverNames without a usable host, or together with names in tls.certificates.server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('libpq-ssl.html', 'SSL Support', 'with sslmode=verify-full the host must be in the certificate')],
  check: ({ props: { tls = undefined }, plan }, report) => {
    if (!plan.tls || !tls?.serverNames?.isExclusive) { return; }
    const { names } = tls.serverNames;
    const { dnsNames = [], ipAddresses = [] } = tls.certificates?.server ?? {};
    const beside = [...dnsNames, ...ipAddresses];
    if (names.length === 0) {
      report('tls.serverNames', 'tls.serverNames: the list of ServerNames.only is empty');
    } else if (plan.serverNames.endpoint === undefined) {
      report('tls.serverNames', `tls.serverNames contains only wildcards ('${names.join("', '")}') and no host for endpoint`);
    }
    if (beside.length > 0) {
      report(`tls.certificates.server.${dnsNames.length > 0 ? 'dnsNames' : 'ipAddresses'}`,
        `tls.serverNames replaces all names with '${names.join("', '")}', but tls.certificates.server also has '${beside.join("', '")}'`);
    }
  },
  fix: 'list every name in ServerNames.only (clients connect to the first one without a wildcard), or add names to those in the cluster with ServerNames.also',
};
