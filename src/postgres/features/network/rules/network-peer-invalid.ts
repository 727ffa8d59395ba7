import { cidrFaults } from '../../../plan/cidr-faults';
import { networkOf } from '../network-of';
import type { DatabaseContext } from '../../../plan/database-context';
import { NetworkPolicyPeer, peersOf } from '../../../plan/network-policy-peer';
import { Consequence, Rule, when } from '../../../../rules';

export const networkPeerInvalid: Rule<DatabaseContext> = {
  id: 'network-peer-invalid',
  code: 'PGTLS-P33',
  title: 'empty or invalid network peer',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes, NetworkPolicy',
  check: ({ props }) => {
    const { clients, monitoring = [], egress = [] } = networkOf(props)._options;
    return [
      ...[...(clients ?? []), ...monitoring, ...egress.map(({ to }) => to)].flatMap(peersOf).flatMap(peerFaults),
      ...when(clients?.length === 0, () => 'network.clients is empty: no client could connect'),
    ];
  },
  fix: 'use CIDR notation for networks, and give at least one peer; remove clients to admit the whole namespace',
};

function peerFaults({ ipBlock, podSelector, namespaceSelector }: NetworkPolicyPeer): string[] {
  if (ipBlock !== undefined) { return [ipBlock.cidr, ...ipBlock.except ?? []].flatMap(cidrFaults('network: peer')); }
  return when(podSelector === undefined && namespaceSelector === undefined, () => 'network: a peer selects neither pods nor a network');
}
