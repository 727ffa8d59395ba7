import { cidrError } from '../../../plan/cidr-error';
import type { DatabaseContext } from '../../../plan/database-context';
import { objectLabels } from '../../../plan/names';
import { givenServices } from '../../../plan/services';
import { PostgresServiceType } from '../../../service-type';
import { entryPath } from '../../../../data';
import { Consequence, kubernetesFile, kubernetesPage, type Rule } from '../../../../rules';

export const serviceOptionsInvalid: Rule<DatabaseContext> = {
  id: 'service-options-invalid',
  code: 'PGTLS-P32',
  title: 'invalid options of a Service',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubernetesPage('concepts/services-networking/service/', 'Service'), kubernetesFile('pkg/apis/core/validation/validation.go', 'ValidateService')],
  check: ({ props, plan }, report) => {
    for (const [alias, options] of givenServices(props)) {
      const { type = PostgresServiceType.CLUSTER_IP, loadBalancerClass, loadBalancerSourceRanges, externalTrafficPolicy, labels = {} } = options;
      const service = `services.${alias}`;
      const absence = plan.absent.services[alias];
      if (absence !== undefined) { report(service, `${service} is given, but ${absence}`); }
      if (type !== PostgresServiceType.LOAD_BALANCER && (loadBalancerClass ?? loadBalancerSourceRanges) !== undefined) {
        report(`${service}.${loadBalancerClass === undefined ? 'loadBalancerSourceRanges' : 'loadBalancerClass'}`, `${service} has load balancer settings, but its type is not LoadBalancer`);
      }
      if (externalTrafficPolicy !== undefined && (type === PostgresServiceType.CLUSTER_IP || !['Cluster', 'Local'].includes(externalTrafficPolicy))) {
        report(`${service}.externalTrafficPolicy`, `${service}: externalTrafficPolicy '${externalTrafficPolicy}' is not valid for type ${type}`);
      }
      loadBalancerSourceRanges?.forEach((range, index) => {
        const fault = cidrError(range);
        if (fault !== undefined) { report(`${service}.loadBalancerSourceRanges[${index}]`, `${service}: source range '${range}' ${fault}`); }
      });
      for (const label of Object.keys(labels)) {
        if (label in objectLabels(plan.name)) { report(entryPath(`${service}.labels`, label), `${service}: label '${label}' is reserved for this package`); }
      }
    }
  },
  fix: 'use settings that are valid for the type of the Service; set monitor for services.stats',
};
