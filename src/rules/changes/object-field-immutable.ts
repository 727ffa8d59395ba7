import { differs, type ObjectChange } from './object-change';
import { isGiven, valueAt } from '../../data';
import { displayName, type Manifest } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { kubernetesFile, source } from '../engine/sources';

/**
 * Immutable fields by kind; StatefulSets have rules of their own.
 *
 * Source: Kubernetes pkg/apis, the Validate…Update of each; tried on 1.36.
 */
const IMMUTABLE: Readonly<Record<string, ReadonlyArray<string>>> = {
  'apps/DaemonSet': ['spec.selector'],
  'apps/Deployment': ['spec.selector'],
  'apps/ReplicaSet': ['spec.selector'],
  'batch/Job': ['spec.selector', 'spec.template', 'spec.completionMode'],
  'rbac.authorization.k8s.io/ClusterRoleBinding': ['roleRef'],
  'rbac.authorization.k8s.io/RoleBinding': ['roleRef'],
  'storage.k8s.io/StorageClass': ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
  '/Secret': ['type'],
};

export const objectFieldImmutable: Rule<ObjectChange> = {
  id: 'object-field-immutable',
  code: 'PGTLS-S24',
  severity: Severity.WARNING,
  title: 'immutable field of an object changes',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    source('Kubernetes, the validation of updates of each kind (tried on 1.36)'),
    kubernetesFile('pkg/apis/apps/validation/validation.go', 'workloads'),
    kubernetesFile('pkg/apis/core/validation/validation.go', 'ConfigMaps, Secrets and Services'),
    kubernetesFile('pkg/apis/rbac/validation/validation.go', 'role bindings'),
  ],
  check: ({ at: after, before }, report) => {
    const fields = frozenFields(before, after);
    if (fields.length > 0) { report(fields[0]!, `${displayName(after)} changes ${fields.join(', ')}, which the API server rejects as immutable`); }
    if (losesHeadlessness(before, after)) {
      report('spec.clusterIP', `${displayName(after)} is currently headless and no longer has clusterIP None: the API server accepts this, but the Service stays headless`);
    }
  },
  fix: 'delete the object before applying, and acknowledge the warning; the pods of a workload stop until it is recreated',
};

function frozenFields(before: Manifest, after: Manifest): string[] {
  const kept = IMMUTABLE[`${after.group}/${after.kind}`] ?? [];
  const fields = kept.filter((path) => isGiven(valueAt(before.manifest, path)) && differs(before.manifest, after.manifest, path));
  return [...fields, ...(losesHeadlessness(after, before) ? ['spec.clusterIP'] : []), ...content(before, after)];
}

/** Whether the first Service is headless and the second has a cluster IP; ExternalName is neither. */
function losesHeadlessness(first: Manifest, second: Manifest): boolean {
  const isService = first.group === '' && first.kind === 'Service' && [first, second].every(({ spec }) => spec['type'] !== 'ExternalName');
  return isService && first.spec['clusterIP'] === 'None' && second.spec['clusterIP'] !== 'None';
}

/** The changed content of a ConfigMap or Secret with `immutable: true`. */
function content(before: Manifest, after: Manifest): string[] {
  if (after.group !== '' || !['ConfigMap', 'Secret'].includes(after.kind) || before.manifest['immutable'] !== true) { return []; }
  return ['data', 'binaryData', 'stringData', 'immutable'].filter((field) => differs(before.manifest, after.manifest, field));
}
