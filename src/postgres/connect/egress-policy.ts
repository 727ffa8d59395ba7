import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { RenderedOnce } from '../../verification';

/** The pods of a policy, and what they reach. */
export interface EgressPolicyProps {
  readonly namespace?: string;
  readonly podSelector: k8s.LabelSelector;
  readonly egress: k8s.NetworkPolicyEgressRule[];
}

/** Adds a NetworkPolicy with the egress of a client's pods, unless it is there. */
export function addEgressPolicy(scope: Construct, id: string, { namespace, ...spec }: EgressPolicyProps): void {
  if (scope.node.tryFindChild(id) !== undefined) { return; }
  new RenderedOnce(scope, id, k8s.KubeNetworkPolicy.manifest({ metadata: { namespace }, spec: { ...spec, policyTypes: ['Egress'] } }));
}
