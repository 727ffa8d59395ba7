import { cidrFaults } from '../../../plan/cidr-faults';
import type { DatabaseContext } from '../../../plan/database-context';
import { objectLabels } from '../../../plan/names';
import { givenServices } from '../../../plan/services';
import { PostgresServiceType } from '../../../service-type';
import { Consequence, Rule, when } from '../../../../rules';

export const serviceOptionsInvalid: Rule<DatabaseContext> = {
  id: 'service-options-invalid',
  code: 'PGTLS-P32',
  title: 'invalid options of a Service',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes, Service',
  check: ({ props, plan }) => {
    return givenServices(props).flatMap(([alias, options]) => {
      const { type = PostgresServiceType.CLUSTER_IP, loadBalancerClass, loadBalancerSourceRanges, externalTrafficPolicy, labels = {} } = options;
      const absence = plan.absent.services[alias];
      return [
        ...when(absence !== undefined, () => `services.${alias} is given, but ${absence}`),
        ...when(type !== PostgresServiceType.LOAD_BALANCER && (loadBalancerClass ?? loadBalancerSourceRanges) !== undefined,
          () => `services.${alias} has load balancer settings, but its type is not LoadBalancer`),
        ...when(externalTrafficPolicy !== undefined && (type === PostgresServiceType.CLUSTER_IP || !['Cluster', 'Local'].includes(externalTrafficPolicy)),
          () => `services.${alias}: externalTrafficPolicy '${externalTrafficPolicy}' is not valid for type ${type}`),
        ...(loadBalancerSourceRanges ?? []).flatMap(cidrFaults(`services.${alias}: source range`)),
        ...Object.keys(labels).filter((label) => label in objectLabels(plan.name)).map((label) => `services.${alias}: label '${label}' is reserved for this package`),
      ];
    });
  },
  fix: 'use settings that are valid for the type of the Service; set monitor for services.stats',
};
