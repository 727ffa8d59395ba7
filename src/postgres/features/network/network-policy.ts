import { k8s } from 'cdk8s-plus-27';
import type { RestrictedNetworkOptions } from './network';
import { dnsRule, egressRule, tcp } from '../../plan/client-egress';
import type { DatabasePlan } from '../../plan/database-plan';
import { objectMetadata, selectorLabels } from '../../plan/names';

/**
 * Who reaches the pod, by the rules of the ports. What the pod reaches: DNS, and what `egress` names. No policy
 * applies to connections inside the pod, nor to the probes of kubelet except in a mesh.
 */
export function renderNetworkPolicy({ name, networkRules }: DatabasePlan, { mesh, egress = [], dnsPorts }: RestrictedNetworkOptions): k8s.KubeNetworkPolicyProps {
  const tunnel = mesh ? [tcp(mesh.port)] : [];
  return {
    metadata: objectMetadata(name),
    spec: {
      podSelector: { matchLabels: selectorLabels(name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        ...networkRules.map(({ from, port }) => ({ from: [...from], ports: [named(port), ...tunnel] })),
        ...(mesh && mesh._probes.length > 0 ? [{ from: mesh._probes.map((cidr) => ({ ipBlock: { cidr } })), ports: networkRules.map(({ port }) => named(port)) }] : []),
      ],
      egress: [
        dnsRule(dnsPorts),
        ...egress.map((entry) => egressRule(entry, tunnel)),
        ...(mesh?._egress ?? []).map((entry) => egressRule(entry, [])),
      ],
    },
  };
}

function named(port: string): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromString(port), protocol: 'TCP' };
}
