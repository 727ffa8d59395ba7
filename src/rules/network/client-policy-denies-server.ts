import { reportRefused } from './report-refused';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesPage } from '../engine/sources';

export const clientPolicyDeniesServer: Rule<PodContext> = {
  id: 'client-policy-denies-server',
  code: 'PGTLS-K02',
  title: 'egress NetworkPolicy of the client does not allow its server',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    kubernetesPage('concepts/services-networking/network-policies/', 'Network Policies', 'the egress rules of the client and the ingress rules of the server must both allow a connection'),
  ],
  check: (context, report) => {
    reportRefused(context, report, (policies, { client, server }) => policies.keepingIn(client.pod, server), ({ server }, policies) =>
      `but the egress rules of ${policies} do not allow the server at port ${server.port}`);
  },
  fix: 'add an egress rule for the pods of the server, with the port of the pod',
};
