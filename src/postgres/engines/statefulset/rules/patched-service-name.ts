import { type WrittenDatabase, writtenField } from '../../../plan/database-context';
import { text, valueAt } from '../../../../data';
import { Consequence, kubernetesPage, type Rule, source } from '../../../../rules';

export const patchedServiceName: Rule<WrittenDatabase> = {
  id: 'patched-service-name',
  code: 'PGTLS-W08',
  title: 'patched Service name or serviceName contradicts DNS or the certificates',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    kubernetesPage('concepts/services-networking/dns-pod-service/', 'DNS for Services and Pods'),
    source('this package: the certificates contain the names of the Services without patches'),
  ],
  check: ({ plan: { names, services }, written }, report) => {
    const governing = text(valueAt(written('Resource'), 'spec.serviceName'));
    for (const { id, name } of services) {
      const object = written(id);
      const now = text(valueAt(object, 'metadata.name'));
      if (object !== undefined && now !== name) {
        report(writtenField(object, 'metadata.name'), `Service '${name}' is named '${now}': no certificate of the database contains that host, and clients use the old one`);
      }
    }
    if (governing !== names.headlessService) {
      report(writtenField(written('Resource'), 'spec.serviceName'), `the StatefulSet has serviceName '${governing}', but the DNS names of its pods are below Service '${names.headlessService}'`);
    }
    if (valueAt(written('headless-service'), 'spec.clusterIP') !== 'None') {
      report(writtenField(written('headless-service'), 'spec.clusterIP'), `Service '${names.headlessService}' is not headless: the pod has no DNS name`);
    }
  },
  fix: 'remove the patch; set the property name to rename all objects',
};
