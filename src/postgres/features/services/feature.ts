import { SERVICE_RULES } from './validation';
import type { Feature } from '../../plan/feature';
import { POSTGRES_PORT } from '../../plan/layout';
import { OBJECT_RANK } from '../../plan/rank';
import { servicePlan } from '../../plan/services';
import { ServiceAlias } from '../../service-alias';

const PORT = { name: 'postgresql', number: POSTGRES_PORT };

/** The Service that applications connect to, and the one that names single pods: `serviceTemplates`. */
export const services: Feature = {
  name: 'services',
  resolve: (props, basics) => ({
    services: [
      servicePlan(basics, props, { id: 'service', name: basics.names.service, alias: ServiceAlias.PRIMARY, rank: OBJECT_RANK.SERVICES, port: PORT }),
      servicePlan(basics, props, { id: 'headless-service', name: basics.names.headlessService, isHeadless: true, rank: OBJECT_RANK.SERVICES, port: PORT }),
    ],
    given: {
      labels: (props.serviceTemplates ?? []).map(({ alias, labels }) => [`serviceTemplates: '${alias}' labels`, labels]),
      annotations: (props.serviceTemplates ?? []).map(({ alias, annotations }) => [`serviceTemplates: '${alias}' annotations`, annotations]),
    },
  }),
  rules: () => SERVICE_RULES,
};
