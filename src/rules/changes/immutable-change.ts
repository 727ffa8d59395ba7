import { canonical } from './canonical';
import { isGiven, Mapping, text, valueAt } from '../../data';
import { parseQuantity } from '../../formats';
import { displayName, identity, Located, Manifest } from '../../kubernetes';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import type { RuleContext } from '../engine/rule-context';
import { ruleTable } from '../engine/rule-table';

/** An object that is currently applied and in the new manifests. */
interface ObjectChange extends Located {
  readonly before: Manifest;
}

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

const CLAIM_FIELDS = ['accessModes', 'storageClassName', 'volumeMode', 'volumeName', 'selector', 'dataSource', 'dataSourceRef'];

/** Rules for objects with immutable fields. */
export const IMMUTABLE_CHANGE_RULES = ruleTable(changes, [
  {
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
  },
  {
    code: 'PGTLS-S25',
    title: 'PersistentVolumeClaim shrinks or changes an immutable field',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes pkg/apis/core/validation, ValidatePersistentVolumeClaimUpdate: only the size of a bound claim may change, and only grow',
    check: ({ at: after, before }) => {
      if (after.group !== '' || after.kind !== 'PersistentVolumeClaim') { return []; }
      const fields = CLAIM_FIELDS.filter((field) => isGiven(before.spec[field]) && differs(before.spec, after.spec, field));
      const [size, newSize] = [before, after].map(({ spec }) => text(valueAt(spec, 'resources.requests.storage'))) as [string, string];
      return [
        ...when(fields.length > 0, () => `${displayName(after)} changes ${fields.join(', ')}, which the API server rejects as immutable`),
        ...when((parseQuantity(newSize) ?? Infinity) < (parseQuantity(size) ?? 0), () => `${displayName(after)} is currently ${size} and `
          + `shrinks to ${newSize}, which the API server rejects`),
      ];
    },
    fix: 'leave the claim unchanged: deleting it deletes the data; create a second claim and copy the data',
  },
] satisfies Rule<ObjectChange>[]);

function changes(manifests: RuleContext): ObjectChange[] {
  const { committed } = manifests;
  if (committed === undefined) { return []; }
  const earlier = new Map(committed.objects.map((object) => [identity(object), object]));
  return manifests.objects.flatMap((object) => {
    const before = earlier.get(identity(object));
    return before === undefined ? [] : [{ at: object, before }];
  });
}

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

function differs(before: Mapping, after: Mapping, path: string): boolean {
  return canonical(valueAt(before, path)) !== canonical(valueAt(after, path));
}
