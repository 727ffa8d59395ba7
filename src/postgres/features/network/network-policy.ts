import { k8s } from 'cdk8s-plus-27';
import type { NetworkEgress, RestrictedNetworkOptions } from './network';
import type { DatabasePlan } from '../../plan/database-plan';
import { POSTGRES_PORT } from '../../plan/layout';
import { type NetworkPolicyPeer, peersOf } from '../../plan/network-policy-peer';
import { objectMetadata, selectorLabels } from '../../plan/names';

/** Ports at which DNS servers listen: 53, and 5353 where the Service maps it, as on OpenShift (pega-helm-charts issue 503). */
const DNS_PORTS = [53, 5353];

/**
 * What the pods of a client reach: the database, in its namespace unless that is theirs, DNS, and the control plane of the mesh of the database.
 */
export function clientEgress(database: NetworkPolicyPeer, { mesh, dnsPorts }: RestrictedNetworkOptions): k8s.NetworkPolicyEgressRule[] {
  const ports = [tcp(POSTGRES_PORT), ...(mesh ? [tcp(mesh.port)] : [])];
  return [{ to: [database], ports }, dnsRule(dnsPorts), ...(mesh?._egress ?? []).map((entry) => egressRule(entry, []))];
}

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

function dnsRule(ports: ReadonlyArray<number> = DNS_PORTS): k8s.NetworkPolicyEgressRule {
  return { ports: ['UDP', 'TCP'].flatMap((protocol) => ports.map((port) => ({ port: k8s.IntOrString.fromNumber(port), protocol }))) };
}

function egressRule({ to, ports }: NetworkEgress, tunnel: ReadonlyArray<k8s.NetworkPolicyPort>): k8s.NetworkPolicyEgressRule {
  return { to: peersOf(to), ports: ports && [...ports.map(tcp), ...tunnel] };
}

function named(port: string): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromString(port), protocol: 'TCP' };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' };
}
