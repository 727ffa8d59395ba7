import { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { between } from './network-access-shared';

export const serverPolicyDeniesClient: Rule<PodContext> = {
  id: 'server-policy-denies-client',
  code: 'PGTLS-K01',
  title: 'NetworkPolicy of the server does not admit the client',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Kubernetes, NetworkPolicy: a pod that a policy selects accepts only what some policy allows; the client fails with a timeout or "Connection refused"',
  check: (context) => between(context, (policies, { client, server }) => policies.closedTo(client.pod, server), ({ server }, policies) =>
    `but it is not admitted by ${policies} at port ${server.port}`),
  fix: 'admit the client in the ingress rules of the server (network.clients of a Postgres)',
};
