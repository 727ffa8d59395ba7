import { notCidr } from '../../plan/cidr';
import type { DatabaseContext } from '../../plan/database-context';
import { objectLabels } from '../../plan/names';
import { PostgresServiceType } from '../../service-alias';
import { duplicates } from '../../../data';
import { Consequence, Rule } from '../../../rules';

/** What is proven about templates of Services. */
export const SERVICE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P32',
    title: 'a Service template that does not fit',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Service',
    check: ({ props, plan }) => {
      const templates = props.serviceTemplates ?? [];
      return [
        ...duplicates(templates.map(({ alias }) => alias)).map((alias) => `serviceTemplates: alias '${alias}' is given twice`),
        ...templates.filter(({ alias }) => plan.absent.services[alias] !== undefined).map(({ alias }) => `serviceTemplates: alias '${alias}' is given, yet ${plan.absent.services[alias]}`),
        ...templates.filter((template) => template.type !== PostgresServiceType.LOAD_BALANCER && (template.loadBalancerClass ?? template.loadBalancerSourceRanges) !== undefined)
          .map(({ alias }) => `serviceTemplates: '${alias}' has settings of a load balancer, yet is of another type`),
        ...templates.filter((template) => template.externalTrafficPolicy !== undefined
          && ((template.type ?? PostgresServiceType.CLUSTER_IP) === PostgresServiceType.CLUSTER_IP || !['Cluster', 'Local'].includes(template.externalTrafficPolicy)))
          .map(({ alias, externalTrafficPolicy }) => `serviceTemplates: externalTrafficPolicy '${externalTrafficPolicy}' does not fit '${alias}'`),
        ...templates.flatMap(({ loadBalancerSourceRanges = [] }) => loadBalancerSourceRanges).flatMap(notCidr('serviceTemplates: source range')),
        ...templates.flatMap(({ labels = {} }) => Object.keys(labels)).filter((label) => label in objectLabels(plan.name)).map((label) => `serviceTemplates: label '${label}' is this package's own`),
      ];
    },
    fix: 'name each of primary and stats once, with what fits its type',
  },
];
