import { SERVICE_RULES } from './validation';
import type { Feature } from '../../plan/feature';
import { POSTGRES_PORT } from '../../plan/layout';
import { OBJECT_RANK } from '../../plan/rank';
import { givenServices, servicePlan } from '../../plan/services';

const PORT = { name: 'postgresql', number: POSTGRES_PORT };

/** The Service that applications connect to, and the one that names single pods: `services`. */
export const services: Feature = {
  name: 'services',
  resolve: (props, basics) => ({
    services: [
      servicePlan(basics, props, { id: 'service', name: basics.names.service, alias: 'primary', rank: OBJECT_RANK.SERVICES, port: PORT, leadsTo: 'leader' }),
      servicePlan(basics, props, { id: 'headless-service', name: basics.names.headlessService, isHeadless: true, rank: OBJECT_RANK.SERVICES, port: PORT }),
    ],
    given: {
      labels: givenServices(props).map(([alias, { labels }]) => [`services.${alias}.labels`, labels]),
      annotations: givenServices(props).map(([alias, { annotations }]) => [`services.${alias}.annotations`, annotations]),
    },
  }),
  rules: () => SERVICE_RULES,
};
