import { type WrittenDatabase, writtenField } from '../../../plan/database-context';
import { mappings, text, valueAt } from '../../../../data';
import { Consequence, kubernetesPage, type Rule, source } from '../../../../rules';

const PROBES = {
  statefulset: [['postgres', 'readinessProbe'], ['postgres', 'livenessProbe'], ['reloader', 'readinessProbe']],
  // The reloader of a member must not make its pod unready: the Services of Patroni lead to ready pods alone.
  patroni: [['postgres', 'readinessProbe'], ['postgres', 'livenessProbe'], ['reloader', 'livenessProbe']],
  cloudnativepg: [],
} as const;

export const patchedStatefulSet: Rule<WrittenDatabase> = {
  id: 'patched-stateful-set',
  code: 'PGTLS-W07',
  title: 'patched StatefulSet without a volume claim or probe',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [kubernetesPage('concepts/workloads/controllers/statefulset/', 'StatefulSets'), source('docs/operations.md')],
  check: ({ plan, written }, report) => {
    const object = written('Resource');
    if (object === undefined) { return; }
    const claims = mappings(valueAt(object, 'spec.volumeClaimTemplates')).map((claim) => text(valueAt(claim, 'metadata.name')));
    const containers = mappings(valueAt(object, 'spec.template.spec.containers'));
    for (const { name } of plan.claims) {
      if (!claims.includes(name)) { report(writtenField(object, 'spec.volumeClaimTemplates'), `the StatefulSet has no volumeClaimTemplate '${name}': the data would be lost with the pod`); }
    }
    for (const [name, probe] of PROBES[plan.availability.engine]) {
      const index = containers.findIndex((container) => text(container['name']) === name);
      if (containers[index]?.[probe] === undefined || containers[index][probe] === null) {
        report(writtenField(object, `spec.template.spec.containers${index < 0 ? '' : `[${index}].${probe}`}`), `container '${name}' has no ${probe}`);
      }
    }
  },
  fix: 'remove the patch',
};
