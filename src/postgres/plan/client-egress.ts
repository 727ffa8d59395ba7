import { k8s } from 'cdk8s-plus-27';
import { POSTGRES_PORT } from './layout';
import { type NetworkPolicyPeer, peersOf } from './network-policy-peer';
import type { PostgresProps } from '../postgres-props';

/** Options of a restricted network. */
type NetworkOptions = NonNullable<PostgresProps['network']>['_options'];

/** Ports at which DNS servers listen: 53, and 5353 where the Service maps it, as on OpenShift (pega-helm-charts issue 503). */
const DNS_PORTS = [53, 5353];

/**
 * What the pods of a client reach: the database, in its namespace unless that is theirs, DNS, and the control plane of the mesh of the database.
 */
export function clientEgress(database: NetworkPolicyPeer, { mesh, dnsPorts }: NetworkOptions): k8s.NetworkPolicyEgressRule[] {
  const ports = [tcp(POSTGRES_PORT), ...(mesh ? [tcp(mesh.port)] : [])];
  return [{ to: [database], ports }, dnsRule(dnsPorts), ...(mesh?._egress ?? []).map((entry) => egressRule(entry, []))];
}

/** DNS servers, wherever they are. */
export function dnsRule(ports: ReadonlyArray<number> = DNS_PORTS): k8s.NetworkPolicyEgressRule {
  return { ports: ['UDP', 'TCP'].flatMap((protocol) => ports.map((port) => ({ port: k8s.IntOrString.fromNumber(port), protocol }))) };
}

export function egressRule({ to, ports }: NonNullable<NetworkOptions['egress']>[number], tunnel: ReadonlyArray<k8s.NetworkPolicyPort>): k8s.NetworkPolicyEgressRule {
  return { to: peersOf(to), ports: ports && [...ports.map(tcp), ...tunnel] };
}

export function tcp(port: number): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' };
}
