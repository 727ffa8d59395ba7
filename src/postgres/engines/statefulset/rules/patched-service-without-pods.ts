import type { WrittenDatabase } from '../../../plan/database-context';
import { mapping, Mapping, mappings, text, valueAt } from '../../../../data';
import { firstPodLabels } from '../../../../kubernetes';
import { Consequence, Rule, when } from '../../../../rules';

export const patchedServiceWithoutPods: Rule<WrittenDatabase> = {
  id: 'patched-service-without-pods',
  code: 'PGTLS-W06',
  title: 'patched Service selects no pod or port of its database',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes, Service: without endpoints connections are refused',
  check: ({ plan, written }) => {
    const pod = mapping(valueAt(written('Resource'), 'spec.template'));
    const labels: Mapping = { ...mapping(valueAt(pod, 'metadata.labels')), ...firstPodLabels(plan.name) };
    const ports = mappings(valueAt(pod, 'spec.containers')).flatMap((container) => mappings(container['ports'])).flatMap(({ name, containerPort }) => [text(name), text(containerPort)]);
    return plan.services.flatMap(({ id }) => {
      const service = written(id);
      const name = text(valueAt(service, 'metadata.name'));
      const selector = mapping(valueAt(service, 'spec.selector'));
      const missed = Object.entries(selector).find(([label, value]) => text(labels[label]) !== text(value));
      const lost = mappings(valueAt(service, 'spec.ports')).map(({ port, targetPort }) => text(targetPort) || text(port)).find((target) => !ports.includes(target));
      return [
        ...when(service !== undefined && Object.keys(selector).length === 0, () => `Service '${name}' has no selector`),
        ...when(missed !== undefined, () => `Service '${name}' selects ${missed![0]}=${text(missed![1])}, but no pod of the database has that label`),
        ...when(lost !== undefined, () => `Service '${name}' has targetPort '${lost}', but no container of the database has that port`),
      ];
    });
  },
  fix: 'remove the patch, or patch the labels and ports of the pod in the same way',
};
