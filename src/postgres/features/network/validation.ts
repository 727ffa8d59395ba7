import { IpFamilyPolicy, PostgresNetwork } from './network';
import { cidrFaults } from '../../plan/cidr-faults';
import type { DatabaseContext } from '../../plan/database-context';
import { NetworkPolicyPeer, peersOf } from '../../plan/network-policy-peer';
import { isPublished, keepsClientAddresses } from '../../plan/network-rule';
import { givenServices } from '../../plan/services';
import { duplicates } from '../../../data';
import { Consequence, Rule, Severity, when } from '../../../rules';

/** Labels and annotations that add a pod to a mesh, and the value of `network.mesh` for it. */
const MESH_MARKS: ReadonlyArray<{ readonly name: string; readonly value: RegExp; readonly mesh: string }> = [
  { name: 'istio.io/dataplane-mode', value: /^ambient$/, mesh: 'ServiceMesh.istioAmbient()' },
  { name: 'sidecar.istio.io/inject', value: /^true$/, mesh: 'ServiceMesh.istioSidecar()' },
  { name: 'linkerd.io/inject', value: /^(enabled|ingress)$/, mesh: 'ServiceMesh.linkerd()' },
];

/** Commands that archive to a path inside the pod. */
const LOCAL_PROGRAMS = new Set(['', 'cp', 'test', 'true', '/bin/true', 'gzip', 'dd', 'mv', 'install', '/bin/cp', '/usr/bin/cp', '[']);

function peerFaults({ ipBlock, podSelector, namespaceSelector }: NetworkPolicyPeer): string[] {
  if (ipBlock !== undefined) { return [ipBlock.cidr, ...ipBlock.except ?? []].flatMap(cidrFaults('network: peer')); }
  return when(podSelector === undefined && namespaceSelector === undefined, () => 'network: a peer selects neither pods nor a network');
}

/** Rules for the network: the NetworkPolicy may not contradict other properties of the database. */
export const NETWORK_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P33',
    title: 'empty or invalid network peer',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, NetworkPolicy',
    check: ({ props: { network = {} } }) => [
      ...[...(network.clients ?? []), ...(network.monitoring ?? []), ...(network.egress ?? []).map(({ to }) => to)].flatMap(peersOf).flatMap(peerFaults),
      ...when(network.clients?.length === 0, () => 'network.clients is empty: no client could connect'),
    ],
    fix: 'use CIDR notation for networks, and give at least one peer; remove clients to admit the whole namespace',
  },
  {
    code: 'PGTLS-P44',
    severity: Severity.WARNING,
    title: 'NetworkPolicy admits no network for a published Service',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, NetworkPolicy: connections through a Service of type NodePort or LoadBalancer can arrive from addresses of nodes',
    check: ({ props: { network = {}, services }, plan }) => (network.policy === false ? [] : givenServices({ services }).flatMap(([alias, options]) => {
      const rule = plan.networkRules.find((candidate) => candidate.alias === alias);
      return when(isPublished(options) && rule !== undefined && (rule.isGiven ? !rule.from.some(({ ipBlock }) => ipBlock !== undefined) : !keepsClientAddresses(options)),
        () => `services.${alias} has type ${options.type}, but the NetworkPolicy admits no network from which its connections arrive`);
    })),
    fix: 'add NetworkPeer.network(…) to network.clients (stats: network.monitoring): the networks of the nodes and of the load balancer, or with '
      + "externalTrafficPolicy 'Local' those of the clients",
  },
  {
    code: 'PGTLS-P45',
    severity: Severity.WARNING,
    title: 'archiving or a container needs the network and network.egress is not set',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, NetworkPolicy: connections without an egress rule are dropped; PostgreSQL, Continuous Archiving: WAL that is not archived is kept',
    check: ({ props: { network = {}, parameters = {}, podTemplate = {} } }) => {
      if (network.policy === false || (network.egress ?? []).length > 0) { return []; }
      const containers = [...(podTemplate.containers ?? []), ...(podTemplate.initContainers ?? [])].map(({ name }) => `podTemplate: container '${name}'`);
      return [...(archivesOutside(parameters) ? ['parameters: the archive command'] : []), ...containers].map((what) => `${what} can only reach DNS`);
    },
    fix: 'add the destination to network.egress, or acknowledge the warning if it does not use the network',
  },
  {
    code: 'PGTLS-P46',
    title: 'pod in a service mesh and network.mesh is not set',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Istio, Ambient and Kubernetes NetworkPolicy; Linkerd, Network Policy',
    check: ({ props: { network = {}, podTemplate = {} } }) => {
      const marks = { ...podTemplate.annotations, ...podTemplate.labels };
      return network.policy === false || network.mesh !== undefined ? [] : MESH_MARKS.filter(({ name, value }) => value.test(marks[name] ?? ''))
        .map(({ name, mesh }) => `podTemplate: '${name}' adds the pod to a mesh, but the NetworkPolicy does not allow the ports of ${mesh}`);
    },
    fix: 'set network.mesh',
  },
  {
    code: 'PGTLS-P47',
    title: 'empty, duplicate or invalid network ports',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, NetworkPolicyPort',
    check: ({ props: { network = {} } }) => [
      ...(network.egress ?? []).flatMap(({ ports }, index) => portFaults(`network.egress[${index}].ports`, ports)),
      ...portFaults('network.dnsPorts', network.dnsPorts),
    ],
    fix: 'give ports from 1 to 65535, each once; remove the ports of an egress rule to allow all ports',
  },
  {
    code: 'PGTLS-P48',
    title: 'ipFamilies empty, duplicate or not allowed by ipFamilyPolicy',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, IPv4/IPv6 dual-stack',
    check: ({ props: { network: { ipFamilies, ipFamilyPolicy } = {} as PostgresNetwork } }) => [
      ...when(ipFamilies?.length === 0, () => 'network.ipFamilies is empty'),
      ...duplicates(ipFamilies ?? []).map((family) => `network.ipFamilies contains ${family} twice`),
      ...when((ipFamilies?.length ?? 0) > 1 && (ipFamilyPolicy ?? IpFamilyPolicy.SINGLE_STACK) === IpFamilyPolicy.SINGLE_STACK,
        () => `network.ipFamilies contains ${ipFamilies!.length} families, but ipFamilyPolicy is ${IpFamilyPolicy.SINGLE_STACK}`),
    ],
    fix: "give each family once; for two families set ipFamilyPolicy to 'PreferDualStack' or 'RequireDualStack'",
  },
];

function archivesOutside({ archive_mode: mode, archive_command: command = '', archive_library: library = '' }: { readonly [name: string]: string }): boolean {
  if (!['on', 'always'].includes((mode ?? '').toLowerCase())) { return false; }
  const programs = command.split(/&&|\|\||;|\|/).map((part) => part.trim().replace(/^!\s*/, '').split(/\s+/)[0]!);
  return (library !== '' && library !== 'basic_archive') || programs.some((program) => !LOCAL_PROGRAMS.has(program));
}

function portFaults(where: string, ports: ReadonlyArray<number> | undefined): string[] {
  return [
    ...when(ports?.length === 0, () => `${where} is empty`),
    ...(ports ?? []).filter((port) => !(Number.isInteger(port) && port >= 1 && port <= 65_535)).map((port) => `${where} contains ${port}, which is not a port from 1 to 65535`),
    ...duplicates((ports ?? []).map(String)).map((port) => `${where} contains ${port} twice`),
  ];
}
