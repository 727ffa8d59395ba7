import { IpFamilyPolicy, PostgresNetwork } from './network';
import { notCidr } from '../../plan/cidr';
import type { DatabaseContext } from '../../plan/database-context';
import { isPublished, keepsClientAddresses } from '../../plan/network-rule';
import { duplicates } from '../../../data';
import { Consequence, Rule, Severity, when } from '../../../rules';

/** Marks by which a mesh takes a pod in, and how `network.mesh` names that mesh. */
const MESH_MARKS: ReadonlyArray<{ readonly name: string; readonly value: RegExp; readonly mesh: string }> = [
  { name: 'istio.io/dataplane-mode', value: /^ambient$/, mesh: 'ServiceMesh.istioAmbient()' },
  { name: 'sidecar.istio.io/inject', value: /^true$/, mesh: 'ServiceMesh.istioSidecar()' },
  { name: 'linkerd.io/inject', value: /^(enabled|ingress)$/, mesh: 'ServiceMesh.linkerd()' },
];

/** Commands that archive to a place inside the pod. */
const LOCAL_PROGRAMS = new Set(['', 'cp', 'test', 'true', '/bin/true', 'gzip', 'dd', 'mv', 'install', '/bin/cp', '/usr/bin/cp', '[']);

/** What is proven about the network: the policy does not contradict what the same database is asked for. */
export const NETWORK_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P33',
    title: 'network peers that are none',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, NetworkPolicy',
    check: ({ props: { network = {} } }) => [
      ...[...(network.clients ?? []), ...(network.monitoring ?? []), ...(network.egress ?? []).map(({ to }) => to)].flatMap(({ _peer }) => (_peer.ipBlock ? notCidr('network: peer')(_peer.ipBlock.cidr) : [])),
      ...when(network.clients?.length === 0, () => 'network.clients is empty: nobody could connect'),
    ],
    fix: 'give networks in CIDR notation, and at least one peer; leave clients out for the whole namespace',
  },
  {
    code: 'PGTLS-P44',
    severity: Severity.WARNING,
    title: 'a published Service behind a policy that admits pods alone',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, NetworkPolicy: connections through a Service of type NodePort or LoadBalancer can arrive from addresses of nodes',
    check: ({ props: { network = {}, serviceTemplates = [] }, plan }) => (network.policy === false ? [] : serviceTemplates.filter(isPublished).flatMap((template) => {
      const rule = plan.networkRules.find(({ alias }) => alias === template.alias);
      return when(rule !== undefined && (rule.isGiven ? !rule.from.some(({ ipBlock }) => ipBlock !== undefined) : !keepsClientAddresses(template)),
        () => `serviceTemplates: '${template.alias}' is of type ${template.type}, and the NetworkPolicy admits no network from which its connections arrive`);
    })),
    fix: 'add NetworkPeer.network(…) to network.clients (stats: network.monitoring): the networks of the nodes and of the load balancer, or with '
      + "externalTrafficPolicy 'Local' those of the clients",
  },
  {
    code: 'PGTLS-P45',
    severity: Severity.WARNING,
    title: 'something in the pod that needs the network, and no egress',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, NetworkPolicy: what no egress rule names is dropped; PostgreSQL, Continuous Archiving: WAL that is not archived is kept',
    check: ({ props: { network = {}, parameters = {}, podTemplate = {} } }) => {
      if (network.policy === false || (network.egress ?? []).length > 0) { return []; }
      const containers = [...(podTemplate.containers ?? []), ...(podTemplate.initContainers ?? [])].map(({ name }) => `podTemplate: container '${name}'`);
      return [...(archivesOutside(parameters) ? ['parameters: the archiving of WAL'] : []), ...containers].map((what) => `${what} can reach DNS alone`);
    },
    fix: 'give network.egress what it connects to, or acknowledge the warning where it stays inside the pod',
  },
  {
    code: 'PGTLS-P46',
    title: 'a pod in a service mesh whose ports the policy does not know',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Istio, Ambient and Kubernetes NetworkPolicy; Linkerd, Network Policy',
    check: ({ props: { network = {}, podTemplate = {} } }) => {
      const marks = { ...podTemplate.annotations, ...podTemplate.labels };
      return network.policy === false || network.mesh !== undefined ? [] : MESH_MARKS.filter(({ name, value }) => value.test(marks[name] ?? ''))
        .map(({ name, mesh }) => `podTemplate: '${name}' takes the pod into a mesh, whose ports the NetworkPolicy does not open; the mesh is ${mesh}`);
    },
    fix: 'give network.mesh',
  },
  {
    code: 'PGTLS-P47',
    title: 'ports of the network that are missing or out of range',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, NetworkPolicyPort',
    check: ({ props: { network = {} } }) => [
      ...(network.egress ?? []).flatMap(({ ports }, index) => portFaults(`network.egress[${index}].ports`, ports)),
      ...portFaults('network.dnsPorts', network.dnsPorts),
    ],
    fix: 'give ports from 1 to 65535, each once; leave egress ports out for all of them',
  },
  {
    code: 'PGTLS-P48',
    title: 'IP families that do not fit their policy',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, IPv4/IPv6 dual-stack',
    check: ({ props: { network: { ipFamilies, ipFamilyPolicy } = {} as PostgresNetwork } }) => [
      ...when(ipFamilies?.length === 0, () => 'network.ipFamilies is empty'),
      ...duplicates(ipFamilies ?? []).map((family) => `network.ipFamilies names ${family} twice`),
      ...when((ipFamilies?.length ?? 0) > 1 && (ipFamilyPolicy ?? IpFamilyPolicy.SINGLE_STACK) === IpFamilyPolicy.SINGLE_STACK,
        () => `network.ipFamilies names ${ipFamilies!.length} families, yet ipFamilyPolicy is ${IpFamilyPolicy.SINGLE_STACK}`),
    ],
    fix: "give each family once, two of them with ipFamilyPolicy 'PreferDualStack' or 'RequireDualStack'",
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
    ...(ports ?? []).filter((port) => !(Number.isInteger(port) && port >= 1 && port <= 65_535)).map((port) => `${where} holds ${port}`),
    ...duplicates((ports ?? []).map(String)).map((port) => `${where} holds ${port} twice`),
  ];
}
