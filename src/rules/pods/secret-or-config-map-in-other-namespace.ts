import { mapping, text } from '../../data';
import { displayName, inNamespace, Manifest, PodView } from '../../kubernetes';
import { DATABASE_LABEL, declaredElsewhere, describeReference, neededReferences, PodContext } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const secretOrConfigMapInOtherNamespace: Rule<PodContext> = {
  id: 'secret-or-config-map-in-other-namespace',
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
};

/** Whether an object belongs to the same database of this package as a pod: PGTLS-W12 checks its namespace. */
function isOfDatabase({ manifest }: Manifest, { labels }: PodView): boolean {
  const database = text(labels[DATABASE_LABEL]);
  return database !== '' && text(mapping(mapping(manifest['metadata'])['labels'])[DATABASE_LABEL]) === database;
}
