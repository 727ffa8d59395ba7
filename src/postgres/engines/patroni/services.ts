import { k8s } from 'cdk8s-plus-27';
import { ROLES } from './patroni-yml';
import type { DatabasePlan } from '../../plan/database-plan';
import { selectorLabels } from '../../plan/names';
import type { ServicePlan } from '../../plan/services';
import { ROLE_LABEL } from '../../../kubernetes';

/**
 * A Service of the database. That of the leader, or of the replicas, leads to ready pods with the label that Patroni writes: a leader whose node is gone keeps
 * its label. Every other one leads to all members, ready or not: they find each other by it before they are ready.
 */
export function renderService({ name: database }: DatabasePlan, service: ServicePlan): k8s.KubeServiceProps {
  const { exposure, port, leadsTo = 'all' } = service;
  return {
    metadata: serviceMetadata(service),
    spec: {
      ...exposure,
      ...(leadsTo === 'all' && { publishNotReadyAddresses: true }),
      selector: { ...selectorLabels(database), ...(leadsTo !== 'all' && { [ROLE_LABEL]: ROLES[leadsTo] }) },
      ports: [{ name: port.name, port: port.number, protocol: 'TCP', targetPort: k8s.IntOrString.fromString(port.name) }],
    },
  };
}

export function serviceMetadata({ name, labels, annotations }: ServicePlan): k8s.ObjectMeta {
  return { name, labels: { ...labels }, annotations: annotations && { ...annotations } };
}
