import type { DatabaseContext } from '../plan/database-context';
import { Consequence, kubernetesPage, type Rule, source } from '../../rules';

export const chartWithoutNamespace: Rule<DatabaseContext> = {
  id: 'chart-without-namespace',
  code: 'PGTLS-P07',
  title: 'chart without a valid namespace',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    source('this package: the names in the server certificate contain the namespace'),
    kubernetesPage('concepts/overview/working-with-objects/namespaces/', 'Namespaces', 'the name is a DNS label (RFC 1123)'),
  ],
  check: ({ plan: { namespace } }, report) => {
    if (namespace === '') {
      report('namespace', 'the chart has no namespace, which the names in the server certificate contain');
    } else if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace)) {
      report('namespace', `namespace '${namespace}' of the chart is not a DNS label (lower-case letters, digits and inner hyphens)`);
    }
  },
  fix: "set the namespace of the chart: new Chart(app, id, { namespace: '…' })",
};
