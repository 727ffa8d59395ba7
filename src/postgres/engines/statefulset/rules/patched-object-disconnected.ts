import type { WrittenDatabase } from '../../../plan/database-context';
import type { DatabasePlan } from '../../../plan/database-plan';
import { mapping, text, valueAt } from '../../../../data';
import { firstPodLabels, meets } from '../../../../kubernetes';
import { Consequence, Rule, when } from '../../../../rules';

export const patchedObjectDisconnected: Rule<WrittenDatabase> = {
  id: 'patched-object-disconnected',
  code: 'PGTLS-W12',
  title: 'patched object that the pod cannot find or that no longer selects it',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Kubernetes, NetworkPolicy: a pod that no policy selects accepts all connections; a pod mounts only ConfigMaps of its own namespace',
  check: ({ plan, written }) => [...configFaults(plan, written), ...awayFaults(plan, written), ...unselectedFaults(plan, written)],
  fix: 'remove the patch',
};

/** The pod mounts the ConfigMap by name and reads its files. */
function configFaults(plan: DatabasePlan, written: WrittenDatabase['written']): string[] {
  const name = text(valueAt(written('config'), 'metadata.name'));
  const { data, binaryData } = mapping(written('config'));
  const gone = plan.files.filter((file) => !(file.name in mapping(data)) && !(file.name in mapping(binaryData)));
  return [
    ...when(name !== plan.names.config, () => `ConfigMap '${plan.names.config}' is named '${name}': the pod cannot mount it`),
    ...gone.map((file) => `ConfigMap '${name}' has no ${file.name}`),
  ];
}

/** Objects that the pod or its clients use in the namespace of the pod. */
function awayFaults({ services }: DatabasePlan, written: WrittenDatabase['written']): string[] {
  const namespace = text(valueAt(written('Resource'), 'metadata.namespace'));
  return ['service-account', 'config', ...services.map(({ id }) => id), 'network-policy', 'disruption-budget'].flatMap((id) => {
    const object = written(id);
    const where = text(valueAt(object, 'metadata.namespace'));
    return when(object !== undefined && where !== namespace,
      () => `${text(object!['kind'])} '${text(valueAt(object, 'metadata.name'))}' is in namespace '${where}', but the database is in '${namespace}'`);
  });
}

function unselectedFaults(plan: DatabasePlan, written: WrittenDatabase['written']): string[] {
  const labels = { ...mapping(valueAt(written('Resource'), 'spec.template.metadata.labels')), ...firstPodLabels(plan.name) };
  return ([['network-policy', 'spec.podSelector'], ['disruption-budget', 'spec.selector']] as const).flatMap(([id, path]) => {
    const object = written(id);
    return when(object !== undefined && meets(valueAt(object, path), labels) === 'no',
      () => `${text(object!['kind'])} '${text(valueAt(object, 'metadata.name'))}' selects no pod of the database`);
  });
}
