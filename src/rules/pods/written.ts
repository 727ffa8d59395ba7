import { duplicates, mapping, mappings, text } from '../../data';
import { displayName, inNamespace, Manifest, PodView } from '../../kubernetes';
import { producesKey } from '../../pki';
import {
  certificateOf, DATABASE_LABEL, declaredElsewhere, describeReference, keysHeld, neededReferences, platformReadable, PodContext, PodFile,
  podsOf,
} from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** What is proven about a workload as it is finally written, after patches and whoever made it. */
export const WRITTEN_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-W01',
    title: 'a mount without its volume',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes pkg/apis/core/validation/validation.go, ValidateVolumeMounts; the claims of a StatefulSet are volumes of its pods',
    check: ({ pod }) => {
      const volumes = new Set([
        ...mappings(pod.spec['volumes']).map(({ name }) => text(name)),
        ...mappings(mapping(pod.at.manifest['spec'])['volumeClaimTemplates']).map(({ metadata }) => text(mapping(metadata)['name'])),
      ]);
      return pod.containers.flatMap(({ name, mounts }) => mounts.filter(({ volume }) => !volumes.has(volume))
        .map(({ volume, mountPath }) => `container '${name}' mounts volume '${volume}' at '${mountPath}', which the pod does not have`));
    },
    fix: 'add the volume to the pod or remove the mount',
  },
  {
    code: 'PGTLS-W02',
    title: 'a port name used twice in a container',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes pkg/apis/core/validation/validation.go, validateContainerPorts',
    check: ({ pod }) => pod.containers.flatMap(({ name, ports }) =>
      duplicates(ports.map((port) => text(port['name'])).filter((port) => port !== ''))
        .map((port) => `container '${name}' has two ports with the name '${port}'`)),
    fix: 'give each port a name of its own',
  },
  {
    code: 'PGTLS-W03',
    title: 'a selector that does not match the pods of its workload',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes pkg/apis/apps/validation/validation.go: selector does not match template labels',
    check: ({ pod }) => {
      if (pod.at.group !== 'apps') { return []; }
      const { matchLabels } = mapping(mapping(pod.at.manifest['spec'])['selector']);
      return Object.entries(mapping(matchLabels)).filter(([key, value]) => pod.labels[key] !== value)
        .map(([key, value]) => `${displayName(pod.at)} selects pods by ${key}=${text(value)}, but its pod template has `
          + (pod.labels[key] === undefined ? 'no such label' : `the value '${text(pod.labels[key])}'`));
    },
    fix: 'give the pod template the labels of the selector',
  },
  {
    code: 'PGTLS-W04',
    severity: Severity.WARNING,
    title: 'a pod that leaves its UID and fsGroup to the platform',
    consequence: Consequence.NEVER_READY,
    source: 'OpenShift, security context constraints: admission sets runAsUser and fsGroup; other clusters set neither',
    // A pod of this package is so by choice (arbitraryUserId).
    check: (context) => (context.servers.some(({ isOurs }) => isOurs) ? [] : platformReadable(context)
      .map(({ container, source, key }) => `container '${container.name}' reads ${key} of Secret '${source.name}' only where the platform sets an fsGroup`)),
    fix: 'set fsGroup on the pod, or acknowledge the warning where the platform sets it (OpenShift)',
  },
  {
    code: 'PGTLS-W09',
    title: 'a host that names a pod where DNS names none',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, DNS for Services and Pods: a pod has a name below the headless Service that its StatefulSet names in serviceName, and nowhere else',
    check: ({ clients, workloads }) => [...new Set(clients.flatMap((client) => client.hosts.flatMap((host) => {
      const fault = workloads.podWithoutName(client, host);
      return fault === undefined ? [] : [`container '${client.container.name}' connects to '${host}', which does not resolve: ${fault}`];
    })))],
    fix: 'connect to the Service itself, or give the StatefulSet a headless Service (clusterIP: None) and its name in serviceName',
  },
  {
    code: 'PGTLS-W10',
    severity: Severity.WARNING,
    title: 'a Secret or ConfigMap of a pod that is declared in another namespace only',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes, Secrets and ConfigMaps: a pod can refer to those of its own namespace only, and waits for them',
    check: ({ pod, manifests }) => {
      const found = neededReferences(pod).map((reference) => ({ reference, by: declaredElsewhere(pod, manifests, reference) }));
      const first = found.filter(({ reference: { kind, name } }, index) => found.findIndex(({ reference: other }) => other.kind === kind && other.name === name) === index);
      return first.filter(({ by }) => by !== undefined && !isOfDatabase(by, pod)).map(({ reference, reference: { kind, name }, by }) =>
        `${describeReference(reference)} takes ${kind} '${name}'${inNamespace(pod.at.namespace)}, and ${by!.kind === kind ? 'it is declared' : `${displayName(by!)} makes it`}${inNamespace(by!.namespace)}`);
    },
    fix: 'declare it in the namespace of the pod, or acknowledge the warning where something copies it or another app makes it',
  },
  {
    code: 'PGTLS-W11',
    title: 'a key that the Secret or ConfigMap of a pod does not hold',
    consequence: Consequence.NEVER_READY,
    source: 'Kubernetes pkg/volume/secret/secret.go: references non-existent secret key; pkg/kubelet/kubelet_pods.go: CreateContainerConfigError; an absent subPath is a '
      + 'directory',
    check: (context) => [
      ...neededReferences(context.pod).flatMap((reference) => {
        const { kind, name, key } = reference;
        const keys = key === undefined ? undefined : keysHeld(context.pod, context.manifests, reference);
        return when(keys !== undefined && !keys.has(key!), () => `${describeReference(reference)} takes key '${key}' of ${kind} '${name}', which holds ${listed([...keys!])}`);
      }),
      ...filesRead(context).flatMap(({ reader, path, file }) => {
        const certificate = certificateOf(context.pod, context.manifests, file.source);
        // An issuer that gives no ca.crt is told as such (PGTLS-E11).
        const isMissing = certificate === undefined
          ? keysHeld(context.pod, context.manifests, file.source)?.has(file.key) === false
          : file.key !== 'ca.crt' && producesKey(certificate, file.key) === false;
        return when(isMissing, () => `${reader} reads '${path}', and ${file.source.kind} '${file.source.name}' has no key '${file.key}'`);
      }),
    ],
    fix: 'name a key that is there, add it, or set optional where the pod can do without it',
  },
] satisfies Rule<PodContext>[]);

/** Files of whole volumes that settings of servers and clients name; shown keys are judged with their volume. */
function filesRead({ servers, clients }: PodContext): Array<{ readonly reader: string; readonly path: string; readonly file: PodFile }> {
  const found = [...servers.map((by) => ({ by, what: 'the server' })), ...clients.map((by) => ({ by, what: 'the client' }))].flatMap(({ by, what }) =>
    [by.certificateFile, by.keyFile, by.caFile].flatMap((file) =>
      (file === undefined || file.source.optional || file.source.items !== undefined || file.mount.subPath !== '' ? []
        : [{ reader: `${what} in container '${by.container.name}'`, path: `${file.mount.folder}${file.key}`, file }])));
  return found.filter(({ reader, path }, index) => found.findIndex((other) => other.reader === reader && other.path === path) === index);
}

/** Whether an object belongs to the same database of this package as a pod: its construct has proven where it is (PGTLS-W12). */
function isOfDatabase({ manifest }: Manifest, { labels }: PodView): boolean {
  const database = text(labels[DATABASE_LABEL]);
  return database !== '' && text(mapping(mapping(manifest['metadata'])['labels'])[DATABASE_LABEL]) === database;
}

/** At most four keys, in quotes. */
function listed(keys: ReadonlyArray<string>): string {
  return `${keys.slice(0, 4).map((key) => `'${key}'`).join(', ')}${keys.length > 4 ? ' and others' : ''}`;
}
