import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { RenderedOnce } from '../../verification';

/** The pods of a policy, and what they reach. */
export interface EgressPolicyProps {
  /** Undefined for one that cdk8s generates. */
  readonly name?: string;
  readonly namespace?: string;
  readonly podSelector: k8s.LabelSelector;
  readonly egress: k8s.NetworkPolicyEgressRule[];
}

/** Adds a NetworkPolicy with the egress of a client's pods, unless it is there. */
export function addEgressPolicy(scope: Construct, id: string, { name, namespace, ...spec }: EgressPolicyProps): void {
  if (scope.node.tryFindChild(id) !== undefined) { return; }
  new RenderedOnce(scope, id, k8s.KubeNetworkPolicy.manifest({ metadata: { ...(name !== undefined && { name }), namespace }, spec: { ...spec, policyTypes: ['Egress'] } }));
}
