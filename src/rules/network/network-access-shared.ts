import { displayName, Manifest, NetworkPolicies } from '../../kubernetes';
import { ConnectionPath, describeClient, PodContext } from '../../workloads';

export function between(
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
