import type { DatabaseContext } from '../plan/database-context';
import { Consequence, Rule, when } from '../../rules';

export const chartWithoutNamespace: Rule<DatabaseContext> = {
  id: 'chart-without-namespace',
  code: 'PGTLS-P07',
  title: 'chart without a valid namespace',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'the names in the server certificate contain the namespace; Kubernetes, Namespaces: RFC 1123 label',
  check: ({ plan: { namespace } }) => (namespace === ''
    ? ['the chart has no namespace, which the names in the server certificate contain']
    : when(!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace), () => `namespace '${namespace}' of the chart is not a DNS label (lower-case letters, digits and inner hyphens)`)),
  fix: "set the namespace of the chart: new Chart(app, id, { namespace: '…' })",
};
