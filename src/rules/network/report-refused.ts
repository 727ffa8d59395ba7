import { displayName, type Manifest, NetworkPolicies } from '../../kubernetes';
import { type ConnectionPath, describeClient, type PodContext } from '../../workloads';
import type { Report } from '../engine/rule';

/** Reports each connection between pods that the given policies refuse, once for each text. */
export function reportRefused(
  { connections, manifests, pod }: PodContext,
  report: Report,
  refusing: (policies: NetworkPolicies, way: ConnectionPath) => ReadonlyArray<Manifest>,
  fault: (way: ConnectionPath, policies: string) => string,
): void {
  if (manifests.ofKind('networking.k8s.io', 'NetworkPolicy').length === 0) { return; }
  const policies = NetworkPolicies.of(manifests);
  const reported = new Set<string>();
  // The source address of a connection through a load balancer depends on the cluster.
  for (const way of connections.filter(({ server, isPublished }) => server.pod !== pod && !isPublished)) {
    const found = refusing(policies, way);
    if (found.length === 0) { continue; }
    const problem = `${describeClient(way.client)} connects to '${way.host}', ${fault(way, found.map(displayName).join(', '))}`;
    if (!reported.has(problem)) { report(way.client.fieldOf('host'), problem); }
    reported.add(problem);
  }
}
