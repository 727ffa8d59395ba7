import { k8s } from 'cdk8s-plus-27';
import { tcp } from './client-egress';
import type { NetworkPolicyPeer } from './network-policy-peer';
import type { PostgresProps } from '../postgres-props';

/** A port of pods by its name, and who may connect to it. */
export interface IngressPort {
  readonly port: string;
  readonly from: ReadonlyArray<NetworkPolicyPeer>;
}

/** Who reaches pods: at each port, through the tunnel of a mesh as well; and the probes of kubelet, which come from the mesh. */
export function policyIngress(ports: ReadonlyArray<IngressPort>, mesh: NonNullable<PostgresProps['network']>['_options']['mesh']): k8s.NetworkPolicyIngressRule[] {
  const tunnel = mesh ? [tcp(mesh.port)] : [];
  return [
    ...ports.map(({ from, port }) => ({ from: [...from], ports: [named(port), ...tunnel] })),
    ...(mesh && mesh._probes.length > 0 ? [{ from: mesh._probes.map((cidr) => ({ ipBlock: { cidr } })), ports: ports.map(({ port }) => named(port)) }] : []),
  ];
}

function named(port: string): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromString(port), protocol: 'TCP' };
}
