import { Severity } from '../../finding';
import { Inventory } from '../inventory';
import { called, Judged, Located } from '../judged';
import { parseQuantity } from '../kubernetes-quantity';
import { at, mapping, Mapping, mappings, text } from '../reading';
import { Basis, Rule, when } from '../rule';
import { ruleTable } from '../rule-table';

/** A StatefulSet as it will be, and as it is in force. */
interface ChangeSubject extends Located {
  readonly before: Judged;
}

/** What of a StatefulSet may change in place; source: Kubernetes pkg/apis/apps/validation, ValidateStatefulSetUpdate. */
const CHANGEABLE = new Set(['replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds']);

/** What is proven about volumes that change, against the manifests that are in force: one synthesis alone cannot tell how large they are. */
export const VOLUME_CHANGE_RULES = ruleTable(changes, [
  {
    code: 'PGTLS-S01',
    title: 'a volume that gets smaller',
    basis: Basis.REFUSED,
    source: 'Kubernetes, Expanding Persistent Volumes Claims: a volume can grow, nothing can make it smaller',
    broken: (subject) => shrinking(subject).map(({ name, before, after }) => `the volume claim '${name}' of ${called(subject.at)} is ${before} in force and shrinks to ${after}`),
    remedy: 'keep the size; to have less, make a new database and restore into it',
  },
  {
    code: 'PGTLS-S02',
    severity: Severity.WARNING,
    title: 'a StatefulSet that cannot be changed in place',
    basis: Basis.REFUSED,
    source: 'Kubernetes pkg/apis/apps/validation, ValidateStatefulSetUpdate',
    broken: (subject) => {
      const fields = [...new Set([...Object.keys(subject.before.spec), ...Object.keys(subject.at.spec)])].filter((field) => !CHANGEABLE.has(field));
      const changed = fields.filter((field) => JSON.stringify(subject.before.spec[field]) !== JSON.stringify(subject.at.spec[field])).sort();
      return when(changed.length > 0 && shrinking(subject).length === 0, () => `${called(subject.at)} in force has another ${changed.join(', ')}, which the API server does not change`);
    },
    remedy: 'delete the StatefulSet with --cascade=orphan before the manifests are applied (docs/operations.md), and acknowledge the warning',
  },
] satisfies Rule<ChangeSubject>[]);

function changes(inventory: Inventory): ChangeSubject[] {
  return inventory.ofKind('apps', 'StatefulSet').flatMap((object) => {
    const before = inventory.surroundings.committed?.find('apps', 'StatefulSet', object.namespace, object.name);
    return before === undefined ? [] : [{ at: object, before }];
  });
}

/** The claims that are there before and after, and smaller then. */
function shrinking({ at: now, before }: ChangeSubject): Array<{ name: string; before: string; after: string }> {
  const earlier = new Map(mappings(before.spec['volumeClaimTemplates']).map((claim) => [nameOf(claim), sizeOf(claim)]));
  return mappings(now.spec['volumeClaimTemplates'])
    .map((claim) => ({ name: nameOf(claim), before: earlier.get(nameOf(claim)) ?? '', after: sizeOf(claim) }))
    .filter((claim) => (parseQuantity(claim.after) ?? Infinity) < (parseQuantity(claim.before) ?? 0));
}

function nameOf(claim: Mapping): string {
  return text(mapping(claim['metadata'])['name']);
}

function sizeOf(claim: Mapping): string {
  return text(at(claim, 'spec.resources.requests.storage'));
}
