import type { WrittenDatabase } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';

export const serverNamesInvalid: Rule<WrittenDatabase> = {
  id: 'server-names-invalid',
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
};
