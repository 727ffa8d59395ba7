import { isIP } from 'node:net';
import { displayName, Manifest, NetworkPolicies } from '../../kubernetes';
import { ConnectionPath, describeClient, PodContext, podsOf } from '../../workloads';
import { Consequence, Rule } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** What is proven about the network between clients and servers of one app. */
export const NETWORK_ACCESS_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-K01',
    title: 'a client that the NetworkPolicy of its server does not admit',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, NetworkPolicy: a pod that one policy selects admits what some policy names, and drops the rest; the client ends in a timeout or "Connection refused"',
    check: (context) => between(context, (policies, { client, server }) => policies.closedTo(client.pod, server), ({ server }, policies) =>
      `which ${policies} does not admit at port ${server.port}`),
    fix: 'admit the client in the policy of the server (network.clients of a Postgres)',
  },
  {
    code: 'PGTLS-K02',
    title: 'a client whose own NetworkPolicy does not let it reach its server',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, NetworkPolicy: both sides have to admit a connection',
    check: (context) => between(context, (policies, { client, server }) => policies.keepingIn(client.pod, server), ({ server }, policies) =>
      `which the egress rules of ${policies} do not name at port ${server.port}`),
    fix: 'add an egress rule for the pods of the server, at the port of the pod',
  },
  {
    code: 'PGTLS-K03',
    title: 'a client that cannot resolve the name of its server',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, NetworkPolicy: DNS is an egress connection as any other; libpq: could not translate host name',
    check: (context) => between(context, (policies, { client, host }) => (isIP(host) === 0 ? policies.withoutDns(client.pod) : []), (_, policies) =>
      `yet the egress rules of ${policies} do not name DNS`),
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
  // From where a connection through a load balancer arrives is for the cluster to say.
  const faults = connections.filter(({ server, isPublished }) => server.pod !== pod && !isPublished).flatMap((way) => {
    const found = refusing(policies, way);
    return found.length === 0 ? [] : [`${describeClient(way.client)} connects to '${way.host}', ${fault(way, found.map(displayName).join(', '))}`];
  });
  return [...new Set(faults)];
}
