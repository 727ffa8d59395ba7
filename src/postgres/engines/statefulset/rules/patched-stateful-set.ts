import type { WrittenDatabase } from '../../../plan/database-context';
import { mappings, text, valueAt } from '../../../../data';
import { Consequence, Rule } from '../../../../rules';

export const patchedStatefulSet: Rule<WrittenDatabase> = {
  id: 'patched-stateful-set',
  code: 'PGTLS-W07',
  title: 'patched StatefulSet without a volume claim or probe',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Kubernetes, StatefulSet; docs/operations.md',
  check: ({ plan, written }) => {
    const object = written('Resource');
    const claims = mappings(valueAt(object, 'spec.volumeClaimTemplates')).map((claim) => text(valueAt(claim, 'metadata.name')));
    const wanted = plan.claims.map(({ name }) => name);
    const containers = mappings(valueAt(object, 'spec.template.spec.containers'));
    const probed = (name: string, probe: string) => containers.some((container) => text(container['name']) === name && container[probe] !== undefined && container[probe] !== null);
    return object === undefined ? [] : [
      ...wanted.filter((name) => !claims.includes(name)).map((name) => `the StatefulSet has no volumeClaimTemplate '${name}': the data would be lost with the pod`),
      ...[['postgres', 'readinessProbe'], ['postgres', 'livenessProbe'], ['reloader', 'readinessProbe']].filter(([name, probe]) => !probed(name!, probe!))
        .map(([name, probe]) => `container '${name}' has no ${probe}`),
    ];
  },
  fix: 'remove the patch',
};
