import { cidrError } from '../../../plan/cidr-error';
import type { DatabaseContext } from '../../../plan/database-context';
import { type NetworkPolicyPeer, peersOf } from '../../../plan/network-policy-peer';
import { networkOf } from '../../../plan/network-of';
import { Consequence, kubernetesFile, kubernetesPage, type Rule } from '../../../../rules';

export const networkPeerInvalid: Rule<DatabaseContext> = {
  id: 'network-peer-invalid',
  code: 'PGTLS-P33',
  title: 'empty or invalid network peer',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    kubernetesPage('concepts/services-networking/network-policies/', 'Network Policies'),
    kubernetesFile('pkg/apis/networking/validation/validation.go', 'ValidateNetworkPolicyPeer'),
  ],
  check: ({ props }, report) => {
    const { clients, monitoring = [], egress = [] } = networkOf(props)._options;
    const peers = [
      ...(clients ?? []).map((peer, index) => ({ field: `network.clients[${index}]`, peer })),
      ...monitoring.map((peer, index) => ({ field: `network.monitoring[${index}]`, peer })),
      ...egress.map(({ to: peer }, index) => ({ field: `network.egress[${index}].to`, peer })),
    ];
    for (const { field, peer } of peers) {
      for (const problem of peersOf(peer).flatMap(peerErrors)) { report(field, problem); }
    }
    if (clients?.length === 0) { report('network.clients', 'network.clients is empty: no client could connect'); }
  },
  fix: 'use CIDR notation for networks, and give at least one peer; remove clients to admit the whole namespace',
};

function peerErrors({ ipBlock, podSelector, namespaceSelector }: NetworkPolicyPeer): string[] {
  if (ipBlock === undefined) { return podSelector === undefined && namespaceSelector === undefined ? ['network: a peer selects neither pods nor a network'] : []; }
  return [ipBlock.cidr, ...ipBlock.except ?? []].flatMap((cidr) => {
    const fault = cidrError(cidr);
    return fault === undefined ? [] : [`network: peer '${cidr}' ${fault}`];
  });
}
