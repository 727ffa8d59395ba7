import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesPage } from '../engine/sources';
import { reportRefusals } from '../servers/report-refusals';

export const serverPolicyDeniesClient: Rule<PodContext> = {
  id: 'server-policy-denies-client',
  code: 'PGTLS-K01',
  title: 'NetworkPolicy of the server does not admit the client',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    kubernetesPage('concepts/services-networking/network-policies/', 'Network Policies', 'a pod that a policy selects accepts only what some policy allows'),
  ],
  check: (context, report) => reportRefusals(context, report, 'ingress'),
  fix: 'admit the client in the ingress rules of the server (network.clients of a Postgres)',
  fixInYaml: 'admit the client in the ingress rules of a NetworkPolicy for the server',
};
