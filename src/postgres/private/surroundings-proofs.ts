import { k8s } from 'cdk8s-plus-27';
import { objectLabels } from './names';
import type { PostgresSubject } from './subject';
import { volumePlans } from './volumes';
import { duplicates } from '../../data';
import { networkAddressError } from '../../postgresql';
import { Consequence, Rule, Severity, when } from '../../rules';
import { RESTART_CHECKSUM } from '../../workloads';
import { DeletionPolicy } from '../deletion-policy';
import { PostgresServiceType, ServiceAlias } from '../service-template';

const CONTAINERS = ['identity', 'init', 'postgres', 'reloader', 'exporter'];

/** What is proven about what a platform puts around the database. */
export const SURROUNDINGS_RULES: ReadonlyArray<Rule<PostgresSubject>> = [
  {
    code: 'PGTLS-P30',
    title: 'a pod template that takes what belongs to this package',
    consequence: Consequence.NEVER_READY,
    source: 'README, Properties of Postgres',
    check: ({ props: { podTemplate = {}, storage }, plan }) => {
      const own = volumePlans(plan, storage);
      const volumes = ['data', ...own.map(({ name }) => name)];
      const paths = own.map(({ mountPath }) => mountPath);
      const labels = Object.keys(objectLabels(plan.name));
      const extra = [...(podTemplate.containers ?? []), ...(podTemplate.initContainers ?? [])];
      return [
        ...(podTemplate.volumes ?? []).filter(({ name }) => volumes.includes(name)).map(({ name }) => `podTemplate: volume '${name}' is this package's own`),
        ...extra.filter(({ name }) => CONTAINERS.includes(name)).map(({ name }) => `podTemplate: container '${name}' is this package's own`),
        ...(podTemplate.volumeMounts ?? []).filter(({ mountPath }) => paths.some((path) => within(mountPath, path) || within(path, mountPath)))
          .map(({ mountPath }) => `podTemplate: mount path '${mountPath}' meets one of this package's own`),
        ...Object.keys(podTemplate.labels ?? {}).filter((label) => labels.includes(label)).map((label) => `podTemplate: label '${label}' is this package's own`),
        ...when(podTemplate.annotations?.[RESTART_CHECKSUM] !== undefined, () => `podTemplate: annotation '${RESTART_CHECKSUM}' is this package's own`),
        ...duplicates(extra.map(({ name }) => name)).map((name) => `podTemplate: container '${name}' is given twice`),
        ...duplicates((podTemplate.volumes ?? []).map(({ name }) => name)).map((name) => `podTemplate: volume '${name}' is given twice`),
        ...when(podTemplate.terminationGracePeriod !== undefined && podTemplate.terminationGracePeriod.toSeconds({ integral: false }) < 30,
          () => `podTemplate: a grace period of ${podTemplate.terminationGracePeriod!.toHumanString()} leaves no time for the checkpoint of a fast shutdown`),
      ];
    },
    fix: `choose another; taken are the containers ${CONTAINERS.join(', ')}, their volumes and where they are mounted`,
  },
  {
    code: 'PGTLS-P31',
    severity: Severity.WARNING,
    title: 'a container that is not restricted',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Pod Security Standards',
    check: ({ props: { podTemplate = {} } }) =>
      [...(podTemplate.containers ?? []), ...(podTemplate.initContainers ?? [])]
        .filter(({ securityContext }) => securityContext !== undefined && !meetsRestricted(securityContext))
        .map(({ name }) => `podTemplate: container '${name}' does not meet the restricted Pod Security Standard`),
    fix: 'leave its securityContext out to have the database\'s, or acknowledge the warning',
  },
  {
    code: 'PGTLS-P32',
    title: 'a Service template that does not fit',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Service',
    check: ({ props, plan }) => {
      const templates = props.serviceTemplates ?? [];
      return [
        ...duplicates(templates.map(({ alias }) => alias)).map((alias) => `serviceTemplates: alias '${alias}' is given twice`),
        ...templates.filter(({ alias }) => alias === ServiceAlias.STATS && !plan.exporter).map(() => "serviceTemplates: alias 'stats' is given, yet nobody serves metrics"),
        ...templates.filter((template) => template.type !== PostgresServiceType.LOAD_BALANCER && (template.loadBalancerClass ?? template.loadBalancerSourceRanges) !== undefined)
          .map(({ alias }) => `serviceTemplates: '${alias}' has settings of a load balancer, yet is of another type`),
        ...templates.filter((template) => template.externalTrafficPolicy !== undefined
          && ((template.type ?? PostgresServiceType.CLUSTER_IP) === PostgresServiceType.CLUSTER_IP || !['Cluster', 'Local'].includes(template.externalTrafficPolicy)))
          .map(({ alias, externalTrafficPolicy }) => `serviceTemplates: externalTrafficPolicy '${externalTrafficPolicy}' does not fit '${alias}'`),
        ...templates.flatMap(({ loadBalancerSourceRanges = [] }) => loadBalancerSourceRanges).flatMap(notCidr('serviceTemplates: source range')),
        ...templates.flatMap(({ labels = {} }) => Object.keys(labels)).filter((label) => label in objectLabels(plan.name)).map((label) => `serviceTemplates: label '${label}' is this package's own`),
      ];
    },
    fix: 'name each of primary and stats once, with what fits its type',
  },
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
    code: 'PGTLS-P35',
    title: 'a deletion policy that a manifest cannot keep',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'Kubernetes, persistentVolumeClaimRetentionPolicy',
    check: ({ props: { deletionPolicy, storage } }) => [
      ...when(deletionPolicy === DeletionPolicy.DO_NOT_TERMINATE, () => "deletionPolicy 'DoNotTerminate' cannot be said in a manifest"),
      ...when(deletionPolicy === DeletionPolicy.HALT && storage?.isDurable === false, () => "deletionPolicy 'Halt' promises to keep data that ephemeral storage loses with the pod"),
    ],
    fix: 'use durable storage with Halt; protect objects with your GitOps tool (Argo CD: Prune=false, Delete=false; Flux: kustomize.toolkit.fluxcd.io/prune: disabled)',
  },
];

/** The parts of the restricted Pod Security Standard that a container decides; the pod's own context covers the rest. */
function meetsRestricted({ privileged, allowPrivilegeEscalation, runAsUser, capabilities }: k8s.SecurityContext): boolean {
  const { add = [], drop = [] } = capabilities ?? {};
  return privileged !== true && allowPrivilegeEscalation === false && runAsUser !== 0 && add.length === 0 && drop.includes('ALL');
}

function notCidr(what: string): (cidr: string) => string[] {
  return (cidr) => {
    const fault = cidr.includes('/') ? networkAddressError(cidr) : 'is not a network in CIDR notation';
    return when(fault !== undefined, () => `${what} '${cidr}' ${fault}`);
  };
}

function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
