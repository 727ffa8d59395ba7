import { k8s } from 'cdk8s-plus-27';
import { objectLabels, selectorLabels } from './names';
import type { PostgresPlan } from './plan';
import { NetworkPeer, PostgresNetwork } from '../network';

/**
 * Who reaches the pod: clients at PostgreSQL's port, monitoring at the exporter's. What the pod reaches: DNS. The reloader and
 * the exporter talk to the server inside the pod, which no policy sees; neither does kubelet's probing.
 */
export function renderNetworkPolicy(plan: PostgresPlan, network: PostgresNetwork): k8s.KubeNetworkPolicyProps {
  const from = (peers: NetworkPeer[]) => peers.map(({ _peer }) => _peer);
  const port = (name: string) => [{ port: k8s.IntOrString.fromString(name), protocol: 'TCP' }];
  return {
    metadata: { name: plan.name, labels: objectLabels(plan.name) },
    spec: {
      podSelector: { matchLabels: selectorLabels(plan.name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: from(network.clients ?? [NetworkPeer.sameNamespace()]), ports: port('postgresql') },
        ...(plan.exporter ? [{ from: from(network.monitoring ?? [NetworkPeer.anywhere()]), ports: port('metrics') }] : []),
      ],
      egress: [{ ports: ['UDP', 'TCP'].map((protocol) => ({ port: k8s.IntOrString.fromNumber(53), protocol })) }],
    },
  };
}
