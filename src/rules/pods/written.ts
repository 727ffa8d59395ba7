import { duplicates, mapping, mappings, text } from '../../data';
import { displayName, inNamespace, Manifest, PodView } from '../../kubernetes';
import { producesKey } from '../../pki';
import {
  certificateOf, DATABASE_LABEL, declaredElsewhere, describeReference, keysHeld, neededReferences, platformReadable, PodContext, PodFile,
  podsOf,
} from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** Rules for workloads as they are written, with patches applied, of this package and others. */
export const WRITTEN_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-W01',
    title: 'volumeMount without a volume',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes pkg/apis/core/validation/validation.go, ValidateVolumeMounts; the volume claims of a StatefulSet are volumes of its pods',
    check: ({ pod }) => {
      const volumes = new Set([
        ...mappings(pod.spec['volumes']).map(({ name }) => text(name)),
        ...mappings(mapping(pod.at.manifest['spec'])['volumeClaimTemplates']).map(({ metadata }) => text(mapping(metadata)['name'])),
      ]);
      return pod.containers.flatMap(({ name, mounts }) => mounts.filter(({ volume }) => !volumes.has(volume))
        .map(({ volume, mountPath }) => `container '${name}' mounts volume '${volume}' at '${mountPath}', but the pod has no such volume`));
    },
    fix: 'add the volume to the pod, or remove the mount',
  },
  {
    code: 'PGTLS-W02',
    title: 'duplicate port name in a container',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes pkg/apis/core/validation/validation.go, validateContainerPorts',
    check: ({ pod }) => pod.containers.flatMap(({ name, ports }) =>
      duplicates(ports.map((port) => text(port['name'])).filter((port) => port !== ''))
        .map((port) => `container '${name}' has two ports with the name '${port}'`)),
    fix: 'give each port a different name',
  },
  {
    code: 'PGTLS-W03',
    title: 'selector does not match the labels of the pod template',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes pkg/apis/apps/validation/validation.go: selector does not match template labels',
    check: ({ pod }) => {
      if (pod.at.group !== 'apps') { return []; }
      const { matchLabels } = mapping(mapping(pod.at.manifest['spec'])['selector']);
      return Object.entries(mapping(matchLabels)).filter(([key, value]) => pod.labels[key] !== value)
        .map(([key, value]) => `${displayName(pod.at)} selects pods by ${key}=${text(value)}, but its pod template has `
          + (pod.labels[key] === undefined ? 'no such label' : `the value '${text(pod.labels[key])}'`));
    },
    fix: 'add the labels of the selector to the pod template',
  },
  {
    code: 'PGTLS-W04',
    severity: Severity.WARNING,
    title: 'UID and fsGroup of a pod left to the platform',
    consequence: Consequence.NEVER_READY,
    source: 'OpenShift, security context constraints: admission sets runAsUser and fsGroup; other clusters set neither',
    // In a pod of this package it is intended (arbitraryUserId).
    check: (context) => (context.servers.some(({ isOurs }) => isOurs) ? [] : platformReadable(context)
      .map(({ container, source, key }) => `container '${container.name}' can read ${key} of Secret '${source.name}' only if the platform sets an fsGroup`)),
    fix: 'set fsGroup on the pod, or acknowledge the warning if the platform sets it (OpenShift)',
  },
  {
    code: 'PGTLS-W09',
    title: 'pod host name does not resolve in cluster DNS',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, DNS for Services and Pods: a pod has a DNS name below the headless Service in serviceName of its StatefulSet only',
    check: ({ clients, workloads }) => [...new Set(clients.flatMap((client) => client.hosts.flatMap((host) => {
      const fault = workloads.podWithoutName(client, host);
      return fault === undefined ? [] : [`container '${client.container.name}' connects to '${host}', which does not resolve: ${fault}`];
    })))],
    fix: 'connect to the Service itself, or create a headless Service (clusterIP: None) and set its name as serviceName of the StatefulSet',
  },
  {
    code: 'PGTLS-W10',
    severity: Severity.WARNING,
    title: 'Secret or ConfigMap of a pod declared only in another namespace',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Secrets and ConfigMaps: a pod can use Secrets and ConfigMaps of its own namespace only, and waits for them',
    check: ({ pod, manifests }) => {
      const found = neededReferences(pod).map((reference) => ({ reference, by: declaredElsewhere(pod, manifests, reference) }));
      const first = found.filter(({ reference: { kind, name } }, index) => found.findIndex(({ reference: other }) => other.kind === kind && other.name === name) === index);
      return first.filter(({ by }) => by !== undefined && !isOfDatabase(by, pod)).map(({ reference, reference: { kind, name }, by }) =>
        `${describeReference(reference)} uses ${kind} '${name}'${inNamespace(pod.at.namespace)}, but ${by!.kind === kind ? 'it is declared' : `${displayName(by!)} writes it`}${inNamespace(by!.namespace)}`);
    },
    fix: 'declare it in the namespace of the pod, or acknowledge the warning if it is copied there or another app creates it',
  },
  {
    code: 'PGTLS-W11',
    title: 'key missing in a Secret or ConfigMap that a pod uses',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes pkg/volume/secret/secret.go: references non-existent secret key; pkg/kubelet/kubelet_pods.go: CreateContainerConfigError; kubelet '
      + 'creates a directory for a missing subPath',
    check: (context) => [
      ...neededReferences(context.pod).flatMap((reference) => {
        const { kind, name, key } = reference;
        const keys = key === undefined ? undefined : keysHeld(context.pod, context.manifests, reference);
        return when(keys !== undefined && !keys.has(key!), () => `${describeReference(reference)} uses key '${key}' of ${kind} '${name}', which contains only ${listed([...keys!])}`);
      }),
      ...filesRead(context).flatMap(({ reader, path, file }) => {
        const certificate = certificateOf(context.pod, context.manifests, file.source);
        // PGTLS-E11 reports an issuer that does not provide ca.crt.
        const isMissing = certificate === undefined
          ? keysHeld(context.pod, context.manifests, file.source)?.has(file.key) === false
          : file.key !== 'ca.crt' && producesKey(certificate, file.key) === false;
        return when(isMissing, () => `${reader} reads '${path}', but ${file.source.kind} '${file.source.name}' has no key '${file.key}'`);
      }),
    ],
    fix: 'use an existing key, add the key, or set optional if the pod can run without it',
  },
] satisfies Rule<PodContext>[]);

/** Files of whole volumes that settings of servers and clients name; keys in `items` are checked with their volume. */
function filesRead({ servers, clients }: PodContext): Array<{ readonly reader: string; readonly path: string; readonly file: PodFile }> {
  const found = [...servers.map((by) => ({ by, what: 'the server' })), ...clients.map((by) => ({ by, what: 'the client' }))].flatMap(({ by, what }) =>
    [by.certificateFile, by.keyFile, by.caFile].flatMap((file) =>
      (file === undefined || file.source.optional || file.source.items !== undefined || file.mount.subPath !== '' ? []
        : [{ reader: `${what} in container '${by.container.name}'`, path: `${file.mount.folder}${file.key}`, file }])));
  return found.filter(({ reader, path }, index) => found.findIndex((other) => other.reader === reader && other.path === path) === index);
}

/** Whether an object belongs to the same database of this package as a pod: PGTLS-W12 checks its namespace. */
function isOfDatabase({ manifest }: Manifest, { labels }: PodView): boolean {
  const database = text(labels[DATABASE_LABEL]);
  return database !== '' && text(mapping(mapping(manifest['metadata'])['labels'])[DATABASE_LABEL]) === database;
}

/** At most four keys, in quotes. */
function listed(keys: ReadonlyArray<string>): string {
  return `${keys.slice(0, 4).map((key) => `'${key}'`).join(', ')}${keys.length > 4 ? ' and others' : ''}`;
}
