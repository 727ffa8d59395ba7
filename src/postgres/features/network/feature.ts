import { renderNetworkPolicy } from './network-policy';
import { NETWORK_RULES } from './validation';
import type { Feature } from '../../plan/feature';
import { networkOf } from '../../plan/network-of';
import { peersOf, podsIn } from '../../plan/network-policy-peer';
import { networkRule } from '../../plan/network-rule';
import { objectMetadata, poolerLabels } from '../../plan/names';
import { OBJECT_RANK, RANK } from '../../plan/rank';
import { k8s } from 'cdk8s-plus-27';

/** Who reaches the pod, and what it reaches: `network`. */
export const network: Feature = {
  name: 'network',
  resolve: (props, { name, declarations: { connections, poolers } }) => {
    const { isRestricted, _options: given } = networkOf(props);
    // Pods of a pooler and of the database are in the namespace, which the default admits: only connections replace it.
    const isNarrowed = connections.length > 0 || given.clients !== undefined;
    const poolerPods = isNarrowed ? poolers.map((pooler) => podsIn(poolerLabels(name, pooler.name))) : [];
    const connected = [...connections.filter(({ pooler }) => pooler === undefined).map(({ peer }) => peer), ...poolerPods];
    return {
      networkRules: [networkRule(props, { port: 'postgresql', alias: 'primary', given: given.clients, connected, byDefault: { podSelector: {} }, rank: RANK.FIRST })],
      objects: !isRestricted ? [] : [{
        id: 'network-policy', kind: 'NetworkPolicy', name, rank: OBJECT_RANK.NETWORK, manifest: (plan) => k8s.KubeNetworkPolicy.manifest(renderNetworkPolicy(plan, given)),
        head: () => ({ ...k8s.KubeNetworkPolicy.GVK, metadata: objectMetadata(name) }),
      }],
      given: {
        labels: Object.entries({ clients: given.clients, monitoring: given.monitoring, egress: given.egress?.map(({ to }) => to) }).flatMap(([where, peers = []]) =>
          peers.flatMap(peersOf).flatMap(({ podSelector, namespaceSelector }) => [podSelector, namespaceSelector]).map((selector) => [`network.${where}`, selector?.matchLabels] as const)),
      },
    };
  },
  rules: () => NETWORK_RULES,
};
