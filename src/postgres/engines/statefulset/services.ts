import { k8s } from 'cdk8s-plus-27';
import type { DatabasePlan } from '../../plan/database-plan';
import { firstPodLabels } from '../../plan/names';
import type { ServicePlan } from '../../plan/services';

/**
 * A Service of the database, which leads to its first pod. There is only one pod, and it rejects connections itself until it has started; a pod that is
 * not ready only because a renewed certificate cannot be loaded must keep its clients, and its metrics matter most then.
 */
export function renderService({ name: database }: DatabasePlan, service: ServicePlan): k8s.KubeServiceProps {
  const { exposure, port } = service;
  return {
    metadata: serviceMetadata(service),
    spec: {
      ...exposure,
      publishNotReadyAddresses: true,
      selector: firstPodLabels(database),
      ports: [{ name: port.name, port: port.number, protocol: 'TCP', targetPort: k8s.IntOrString.fromString(port.name) }],
    },
  };
}

export function serviceMetadata({ name, labels, annotations }: ServicePlan): k8s.ObjectMeta {
  return { name, labels: { ...labels }, annotations: annotations && { ...annotations } };
}
