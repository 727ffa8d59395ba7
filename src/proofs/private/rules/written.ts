import { called } from '../judged';
import { platformReadable } from '../pods/key-modes';
import { podsOf, PodSubject } from '../pods/pod-subject';
import { duplicates, mapping, mappings, text } from '../reading';
import { Basis, Rule } from '../rule';
import { ruleTable } from '../rule-table';
import { Severity } from '../../finding';

/** What is proven about a workload as it is finally written, after patches and whoever made it. */
export const WRITTEN_RULES = ruleTable(podsOf, [
  {
    code: 'PGTLS-W01',
    title: 'a mount without its volume',
    basis: Basis.REFUSED,
    source: 'Kubernetes pkg/apis/core/validation/validation.go, ValidateVolumeMounts; the claims of a StatefulSet are volumes of its pods',
    broken: ({ pod }) => {
      const volumes = new Set([
        ...mappings(pod.spec['volumes']).map(({ name }) => text(name)),
        ...mappings(mapping(pod.at.manifest['spec'])['volumeClaimTemplates']).map(({ metadata }) => text(mapping(metadata)['name'])),
      ]);
      return pod.containers.flatMap(({ name, mounts }) => mounts.filter(({ volume }) => !volumes.has(volume))
        .map(({ volume, mountPath }) => `container '${name}' mounts volume '${volume}' at '${mountPath}', which the pod does not have`));
    },
    remedy: 'add the volume to the pod or remove the mount',
  },
  {
    code: 'PGTLS-W02',
    title: 'a port name used twice in a container',
    basis: Basis.REFUSED,
    source: 'Kubernetes pkg/apis/core/validation/validation.go, validateContainerPorts',
    broken: ({ pod }) => pod.containers.flatMap(({ name, spec }) =>
      duplicates(mappings(spec['ports']).map((port) => text(port['name'])).filter((port) => port !== ''))
        .map((port) => `container '${name}' has two ports with the name '${port}'`)),
    remedy: 'give each port a name of its own',
  },
  {
    code: 'PGTLS-W03',
    title: 'a selector that does not match the pods of its workload',
    basis: Basis.REFUSED,
    source: 'Kubernetes pkg/apis/apps/validation/validation.go: selector does not match template labels',
    broken: ({ pod }) => {
      if (pod.at.group !== 'apps') { return []; }
      const { matchLabels } = mapping(mapping(pod.at.manifest['spec'])['selector']);
      return Object.entries(mapping(matchLabels)).filter(([key, value]) => pod.labels[key] !== value)
        .map(([key, value]) => `${called(pod.at)} selects pods by ${key}=${text(value)}, but its pod template has `
          + (pod.labels[key] === undefined ? 'no such label' : `the value '${text(pod.labels[key])}'`));
    },
    remedy: 'give the pod template the labels of the selector',
  },
  {
    code: 'PGTLS-W04',
    severity: Severity.WARNING,
    title: 'a pod that leaves its UID and fsGroup to the platform',
    basis: Basis.STALLS,
    source: 'OpenShift, security context constraints: admission sets runAsUser and fsGroup; other clusters set neither',
    // A pod of this package is so by choice (arbitraryUserId).
    broken: (subject) => (subject.servers.some(({ isOurs }) => isOurs) ? [] : platformReadable(subject)
      .map(({ container, source, key }) => `container '${container.name}' reads ${key} of Secret '${source.name}' only where the platform sets an fsGroup`)),
    remedy: 'set fsGroup on the pod, or acknowledge the warning where the platform sets it (OpenShift)',
  },
] satisfies Rule<PodSubject>[]);
