import { isGiven, valueAt } from '../../data';
import { displayName, Manifest } from '../../kubernetes';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ObjectChange, differs } from './immutable-change-shared';

/**
 * Immutable fields by kind; volume-change.ts has the rules for StatefulSets.
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
  source: 'Kubernetes pkg/apis, the validation of updates of each kind',
  check: ({ at: after, before }) => {
    const fields = frozenFields(before, after);
    return [
      ...when(fields.length > 0, () => `${displayName(after)} changes ${fields.join(', ')}, which the API server rejects as immutable`),
      ...when(losesHeadlessness(before, after), () => `${displayName(after)} is currently headless and no longer has clusterIP None: `
        + 'the API server accepts this, but the Service stays headless'),
    ];
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
