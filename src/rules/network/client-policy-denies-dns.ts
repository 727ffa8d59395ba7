import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesPage } from '../engine/sources';
import { reportRefusals } from '../servers/report-refusals';

export const clientPolicyDeniesDns: Rule<PodContext> = {
  id: 'client-policy-denies-dns',
  code: 'PGTLS-K03',
  title: 'egress NetworkPolicy of the client does not allow DNS',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [kubernetesPage('concepts/services-networking/network-policies/', 'Network Policies', 'DNS is an egress connection like any other')],
  check: (context, report) => reportRefusals(context, report, 'dns'),
  fix: 'add an egress rule for port 53 over UDP and TCP',
};
