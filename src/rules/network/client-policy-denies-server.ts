import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesPage } from '../engine/sources';
import { reportRefusals } from '../servers/report-refusals';

export const clientPolicyDeniesServer: Rule<PodContext> = {
  id: 'client-policy-denies-server',
  code: 'PGTLS-K02',
  title: 'egress NetworkPolicy of the client does not allow its server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    kubernetesPage('concepts/services-networking/network-policies/', 'Network Policies', 'the egress rules of the client and the ingress rules of the server must both allow a connection'),
  ],
  check: (context, report) => reportRefusals(context, report, 'egress'),
  fix: 'add an egress rule for the pods of the server, with the port of the pod',
};
