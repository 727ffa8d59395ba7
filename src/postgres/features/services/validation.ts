import { cidrFaults } from '../../plan/cidr';
import type { DatabaseContext } from '../../plan/database-context';
import { objectLabels } from '../../plan/names';
import { PostgresServiceType } from '../../service-alias';
import { duplicates } from '../../../data';
import { Consequence, Rule } from '../../../rules';

/** Rules for templates of Services. */
export const SERVICE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P32',
    title: 'invalid Service template',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Kubernetes, Service',
    check: ({ props, plan }) => {
      const templates = props.serviceTemplates ?? [];
      return [
        ...duplicates(templates.map(({ alias }) => alias)).map((alias) => `serviceTemplates: alias '${alias}' is given twice`),
        ...templates.filter(({ alias }) => plan.absent.services[alias] !== undefined).map(({ alias }) => `serviceTemplates: alias '${alias}' is given, but ${plan.absent.services[alias]}`),
        ...templates.filter((template) => template.type !== PostgresServiceType.LOAD_BALANCER && (template.loadBalancerClass ?? template.loadBalancerSourceRanges) !== undefined)
          .map(({ alias }) => `serviceTemplates: '${alias}' has load balancer settings, but its type is not LoadBalancer`),
        ...templates.filter((template) => template.externalTrafficPolicy !== undefined
          && ((template.type ?? PostgresServiceType.CLUSTER_IP) === PostgresServiceType.CLUSTER_IP || !['Cluster', 'Local'].includes(template.externalTrafficPolicy)))
          .map(({ alias, externalTrafficPolicy }) => `serviceTemplates: externalTrafficPolicy '${externalTrafficPolicy}' is not valid for '${alias}'`),
        ...templates.flatMap(({ loadBalancerSourceRanges = [] }) => loadBalancerSourceRanges).flatMap(cidrFaults('serviceTemplates: source range')),
        ...templates.flatMap(({ labels = {} }) => Object.keys(labels)).filter((label) => label in objectLabels(plan.name)).map((label) => `serviceTemplates: label '${label}' is reserved for this package`),
      ];
    },
    fix: 'give each of primary and stats once, with settings that are valid for its type',
  },
];
