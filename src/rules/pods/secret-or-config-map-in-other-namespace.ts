import { mapping, text } from '../../data';
import { areTogether, displayName, inNamespace, type Manifest, type PodView } from '../../kubernetes';
import { DATABASE_LABEL, declaredElsewhere, describeReference, neededReferences, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { kubernetesPage } from '../engine/sources';

export const secretOrConfigMapInOtherNamespace: Rule<PodContext> = {
  id: 'secret-or-config-map-in-other-namespace',
  code: 'PGTLS-W10',
  severity: Severity.WARNING,
  title: 'Secret or ConfigMap of a pod declared only in another namespace',
  consequence: Consequence.NEVER_READY,
  sources: [kubernetesPage('concepts/configuration/secret/', 'Secrets', 'a pod can use Secrets and ConfigMaps of its own namespace only, and waits for them')],
  check: ({ pod, manifests }, report) => {
    const references = neededReferences(pod);
    const first = references.filter(({ kind, name }, index) => references.findIndex((other) => other.kind === kind && other.name === name) === index);
    for (const reference of first) {
      const { kind, name, nameField } = reference;
      const by = declaredElsewhere(pod, manifests, reference);
      if (by !== undefined && areTogether(by, pod.at) && !isOfDatabase(by, pod)) {
        report(nameField, `${describeReference(reference)} uses ${kind} '${name}'${inNamespace(pod.at.namespace)}, `
          + `but ${by.kind === kind ? 'it is declared' : `${displayName(by)} writes it`}${inNamespace(by.namespace)}`);
      }
    }
  },
  fix: 'declare it in the namespace of the pod, or acknowledge the warning if it is copied there or another app creates it',
};

/** Whether an object belongs to the same database of this package as a pod: PGTLS-W12 checks its namespace. */
function isOfDatabase({ manifest }: Manifest, { labels }: PodView): boolean {
  const database = text(labels[DATABASE_LABEL]);
  return database !== '' && text(mapping(mapping(manifest['metadata'])['labels'])[DATABASE_LABEL]) === database;
}
