import { ownFiles } from '../../pods/config-map';
import { type WrittenDatabase, writtenField } from '../../../plan/database-context';
import type { DatabasePlan } from '../../../plan/database-plan';
import { mapping, text, valueAt } from '../../../../data';
import { firstPodLabels, meets } from '../../../../kubernetes';
import { Consequence, kubernetesPage, type Report, type Rule } from '../../../../rules';

export const patchedObjectDisconnected: Rule<WrittenDatabase> = {
  id: 'patched-object-disconnected',
  code: 'PGTLS-W12',
  title: 'patched object that the pod cannot find or that no longer selects it',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    kubernetesPage('concepts/services-networking/network-policies/', 'Network Policies', 'a pod that no policy selects accepts all connections'),
    kubernetesPage('concepts/configuration/configmap/', 'ConfigMaps', 'a pod mounts only ConfigMaps of its own namespace'),
  ],
  check: ({ plan, written }, report) => {
    reportConfig(plan, written, report);
    reportNamespaces(plan, written, report);
    reportSelectors(plan, written, report);
  },
  fix: 'remove the patch',
};

/** The pod mounts the ConfigMap by name and reads its files. */
function reportConfig(plan: DatabasePlan, written: WrittenDatabase['written'], report: Report): void {
  const name = text(valueAt(written('config'), 'metadata.name'));
  const { data, binaryData } = mapping(written('config'));
  if (name !== plan.names.config) { report(writtenField(written('config'), 'metadata.name'), `ConfigMap '${plan.names.config}' is named '${name}': the pod cannot mount it`); }
  for (const file of ownFiles(plan).filter((one) => !(one.name in mapping(data)) && !(one.name in mapping(binaryData)))) {
    report(writtenField(written('config'), `data['${file.name}']`), `ConfigMap '${name}' has no ${file.name}`);
  }
}

/** Objects that the pod or its clients use in the namespace of the pod. */
function reportNamespaces({ services }: DatabasePlan, written: WrittenDatabase['written'], report: Report): void {
  const namespace = text(valueAt(written('Resource'), 'metadata.namespace'));
  for (const id of ['service-account', 'config', ...services.map((service) => service.id), 'network-policy', 'disruption-budget']) {
    const object = written(id);
    const where = text(valueAt(object, 'metadata.namespace'));
    if (object !== undefined && where !== namespace) {
      report(writtenField(object, 'metadata.namespace'), `${text(object['kind'])} '${text(valueAt(object, 'metadata.name'))}' is in namespace '${where}', but the database is in '${namespace}'`);
    }
  }
}

function reportSelectors(plan: DatabasePlan, written: WrittenDatabase['written'], report: Report): void {
  const labels = { ...mapping(valueAt(written('Resource'), 'spec.template.metadata.labels')), ...firstPodLabels(plan.name) };
  for (const [id, path] of [['network-policy', 'spec.podSelector'], ['disruption-budget', 'spec.selector']] as const) {
    const object = written(id);
    if (object !== undefined && meets(valueAt(object, path), labels) === 'no') {
      report(writtenField(object, path), `${text(object['kind'])} '${text(valueAt(object, 'metadata.name'))}' selects no pod of the database`);
    }
  }
}
