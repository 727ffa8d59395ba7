import { type WrittenDatabase, writtenField } from '../../../plan/database-context';
import { entryPath, mapping, type Mapping, mappings, text, valueAt } from '../../../../data';
import { firstPodLabels, writtenLabels } from '../../../../kubernetes';
import { Consequence, kubernetesPage, type Rule } from '../../../../rules';

export const patchedServiceWithoutPods: Rule<WrittenDatabase> = {
  id: 'patched-service-without-pods',
  code: 'PGTLS-W06',
  title: 'patched Service selects no pod or port of its database',
  consequence: Consequence.NEVER_READY,
  sources: [kubernetesPage('concepts/services-networking/service/', 'Service', 'without endpoints connections are refused')],
  check: ({ plan, written }, report) => {
    const pod = mapping(valueAt(written('Resource'), 'spec.template'));
    const labels: Mapping = { ...mapping(valueAt(pod, 'metadata.labels')), ...firstPodLabels(plan.name) };
    const ports = mappings(valueAt(pod, 'spec.containers')).flatMap((container) => mappings(container['ports'])).flatMap(({ name, containerPort }) => [text(name), text(containerPort)]);
    for (const { id } of plan.services) {
      const service = written(id);
      const name = text(valueAt(service, 'metadata.name'));
      const selector = mapping(valueAt(service, 'spec.selector'));
      const missed = Object.entries(writtenLabels(selector)).find(([label, value]) => text(labels[label]) !== text(value));
      const targets = mappings(valueAt(service, 'spec.ports')).map(({ port, targetPort }) => text(targetPort) || text(port));
      const lost = targets.findIndex((target) => !ports.includes(target));
      if (service !== undefined && Object.keys(selector).length === 0) { report(writtenField(service, 'spec.selector'), `Service '${name}' has no selector`); }
      if (missed !== undefined) {
        report(writtenField(service, entryPath('spec.selector', missed[0])), `Service '${name}' selects ${missed[0]}=${text(missed[1])}, but no pod of the database has that label`);
      }
      if (lost >= 0) { report(writtenField(service, `spec.ports[${lost}].targetPort`), `Service '${name}' has targetPort '${targets[lost]}', but no container of the database has that port`); }
    }
  },
  fix: 'remove the patch, or patch the labels and ports of the pod in the same way',
};
