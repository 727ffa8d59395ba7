import { isIP } from 'node:net';
import { displayName, Manifest, NetworkPolicies } from '../../kubernetes';
import { ConnectionPath, describeClient, PodContext, podsOf } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** Rules for NetworkPolicies between clients and servers of one app. */
export const NETWORK_ACCESS_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-K01',
    title: 'NetworkPolicy of the server does not admit the client',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, NetworkPolicy: a pod that a policy selects accepts only what some policy allows; the client fails with a timeout or "Connection refused"',
    check: (context) => between(context, (policies, { client, server }) => policies.closedTo(client.pod, server), ({ server }, policies) =>
      `but it is not admitted by ${policies} at port ${server.port}`),
    fix: 'admit the client in the ingress rules of the server (network.clients of a Postgres)',
  },
  {
    code: 'PGTLS-K02',
    title: 'egress NetworkPolicy of the client does not allow its server',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, NetworkPolicy: the egress rules of the client and the ingress rules of the server must both allow a connection',
    check: (context) => between(context, (policies, { client, server }) => policies.keepingIn(client.pod, server), ({ server }, policies) =>
      `but the egress rules of ${policies} do not allow the server at port ${server.port}`),
    fix: 'add an egress rule for the pods of the server, with the port of the pod',
  },
  {
    code: 'PGTLS-K03',
    title: 'egress NetworkPolicy of the client does not allow DNS',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, NetworkPolicy: DNS is an egress connection like any other; libpq: could not translate host name',
    check: (context) => between(context, (policies, { client, host }) => (isIP(host) === 0 ? policies.withoutDns(client.pod) : []), (_, policies) =>
      `but the egress rules of ${policies} do not allow DNS`),
    fix: 'add an egress rule for port 53 over UDP and TCP',
  },
] satisfies Rule<PodContext>[]);

function between(
  { connections, manifests, pod }: PodContext,
  refusing: (policies: NetworkPolicies, way: ConnectionPath) => ReadonlyArray<Manifest>,
  fault: (way: ConnectionPath, policies: string) => string,
): string[] {
  if (manifests.ofKind('networking.k8s.io', 'NetworkPolicy').length === 0) { return []; }
  const policies = NetworkPolicies.of(manifests);
  // The source address of a connection through a load balancer depends on the cluster.
  const faults = connections.filter(({ server, isPublished }) => server.pod !== pod && !isPublished).flatMap((way) => {
    const found = refusing(policies, way);
    return found.length === 0 ? [] : [`${describeClient(way.client)} connects to '${way.host}', ${fault(way, found.map(displayName).join(', '))}`];
  });
  return [...new Set(faults)];
}
