import type { k8s } from 'cdk8s-plus-27';

/** Connections that an engine needs itself: the NetworkPolicy has them whatever the user restricts. */
export interface PodTraffic {
  readonly ingress: ReadonlyArray<k8s.NetworkPolicyIngressRule>;
  readonly egress: ReadonlyArray<k8s.NetworkPolicyEgressRule>;
}
