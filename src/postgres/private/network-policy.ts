import { k8s } from 'cdk8s-plus-27';
import { objectLabels, selectorLabels } from './names';
import type { PostgresPlan } from './plan';
import { NetworkEgress, NetworkPeer, PostgresNetwork } from '../network';
import { PostgresServiceTemplate, PostgresServiceType, ServiceAlias } from '../service-template';

/** Ports at which DNS servers listen: 53, and 5353 where the Service maps it, as on OpenShift (pega-helm-charts issue 503). */
const DNS_PORTS = [53, 5353];

/**
 * Who reaches the pod: clients at PostgreSQL's port, monitoring at the exporter's. What the pod reaches: DNS, and what `egress` names.
 * The reloader and the exporter talk to the server inside the pod, which no policy sees; neither does kubelet's probing, but in a mesh.
 */
export function renderNetworkPolicy(plan: PostgresPlan, network: PostgresNetwork, templates: ReadonlyArray<PostgresServiceTemplate>): k8s.KubeNetworkPolicyProps {
  const { mesh, egress = [], dnsPorts = DNS_PORTS } = network;
  const tunnel = mesh ? [tcp(mesh.port)] : [];
  return {
    metadata: { name: plan.name, labels: objectLabels(plan.name) },
    spec: {
      podSelector: { matchLabels: selectorLabels(plan.name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: admitted(network.clients, [NetworkPeer.sameNamespace()], templateOf(templates, ServiceAlias.PRIMARY)), ports: [named('postgresql'), ...tunnel] },
        ...(plan.exporter ? [{ from: admitted(network.monitoring, [NetworkPeer.anywhere()], templateOf(templates, ServiceAlias.STATS)), ports: [named('metrics'), ...tunnel] }] : []),
        ...(mesh && mesh._probes.length > 0 ? [{ from: mesh._probes.map((cidr) => ({ ipBlock: { cidr } })), ports: [named('postgresql'), ...(plan.exporter ? [named('metrics')] : [])] }] : []),
      ],
      egress: [
        { ports: ['UDP', 'TCP'].flatMap((protocol) => dnsPorts.map((port) => ({ port: k8s.IntOrString.fromNumber(port), protocol }))) },
        ...egress.map((entry) => egressRule(entry, tunnel)),
        ...(mesh?._egress ?? []).map((entry) => egressRule(entry, [])),
      ],
    },
  };
}

/** Whether a Service can be reached from outside of the cluster. */
export function isPublished(template: PostgresServiceTemplate | undefined): boolean {
  return template?.type === PostgresServiceType.LOAD_BALANCER || template?.type === PostgresServiceType.NODE_PORT;
}

/** Whether connections from outside arrive with the address of their client, and not of a node. */
export function keepsClientAddresses(template: PostgresServiceTemplate | undefined): boolean {
  return template?.externalTrafficPolicy === 'Local';
}

function admitted(peers: ReadonlyArray<NetworkPeer> | undefined, byDefault: ReadonlyArray<NetworkPeer>, template: PostgresServiceTemplate | undefined): k8s.NetworkPolicyPeer[] {
  return (peers ?? [...byDefault, ...publishedTo(template)]).map(({ _peer }) => _peer);
}

/** The networks to which a Service is published: what its load balancer lets in should not end at the policy. */
function publishedTo(template: PostgresServiceTemplate | undefined): NetworkPeer[] {
  if (!isPublished(template)) { return []; }
  const everybody = keepsClientAddresses(template) ? ['0.0.0.0/0', '::/0'] : [];
  return (template?.loadBalancerSourceRanges ?? everybody).map((cidr) => NetworkPeer.network(cidr));
}

function egressRule({ to, ports }: NetworkEgress, tunnel: ReadonlyArray<k8s.NetworkPolicyPort>): k8s.NetworkPolicyEgressRule {
  return { to: [to._peer], ports: ports && [...ports.map(tcp), ...tunnel] };
}

function templateOf(templates: ReadonlyArray<PostgresServiceTemplate>, alias: ServiceAlias): PostgresServiceTemplate | undefined {
  return templates.find((template) => template.alias === alias);
}

function named(port: string): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromString(port), protocol: 'TCP' };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' };
}
