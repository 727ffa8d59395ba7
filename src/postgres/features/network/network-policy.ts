import type { k8s } from 'cdk8s-plus-27';
import type { RestrictedNetworkOptions } from './network';
import { dnsRule, egressRule, tcp } from '../../plan/client-egress';
import type { DatabasePlan } from '../../plan/database-plan';
import { objectMetadata, selectorLabels } from '../../plan/names';
import { policyIngress } from '../../plan/policy-ingress';

/**
 * Who reaches the pod, by the rules of the ports. What the pod reaches: DNS, and what `egress` names. No policy
 * applies to connections inside the pod, nor to the probes of kubelet except in a mesh.
 */
export function renderNetworkPolicy({ name, networkRules, egressRules }: DatabasePlan, { mesh, egress = [], dnsPorts }: RestrictedNetworkOptions): k8s.KubeNetworkPolicyProps {
  const tunnel = mesh ? [tcp(mesh.port)] : [];
  return {
    metadata: objectMetadata(name),
    spec: {
      podSelector: { matchLabels: selectorLabels(name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: policyIngress(networkRules, mesh),
      egress: [
        dnsRule(dnsPorts),
        ...egressRules.map(({ rule }) => rule),
        ...egress.map((entry) => egressRule(entry, tunnel)),
        ...(mesh?._egress ?? []).map((entry) => egressRule(entry, [])),
      ],
    },
  };
}
