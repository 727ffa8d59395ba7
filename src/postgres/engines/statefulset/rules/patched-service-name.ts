import type { WrittenDatabase } from '../../../plan/database-context';
import { text, valueAt } from '../../../../data';
import { Consequence, Rule, when } from '../../../../rules';

export const patchedServiceName: Rule<WrittenDatabase> = {
  id: 'patched-service-name',
  code: 'PGTLS-W08',
  title: 'patched Service name or serviceName contradicts DNS or the certificates',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Kubernetes, DNS for Services and Pods; the certificates contain the names of the Services without patches',
  check: ({ plan: { names, services }, written }) => {
    const headless = written('headless-service');
    const governing = text(valueAt(written('Resource'), 'spec.serviceName'));
    return [
      ...services.flatMap(({ id, name }) => {
        const object = written(id);
        const now = text(valueAt(object, 'metadata.name'));
        return when(object !== undefined && now !== name, () => `Service '${name}' is named '${now}': no certificate of the database contains that host, and clients use the old one`);
      }),
      ...when(governing !== names.headlessService, () => `the StatefulSet has serviceName '${governing}', but the DNS names of its pods are below Service '${names.headlessService}'`),
      ...when(valueAt(headless, 'spec.clusterIP') !== 'None', () => `Service '${names.headlessService}' is not headless: the pod has no DNS name`),
    ];
  },
  fix: 'remove the patch; set the property name to rename all objects',
};
