import { k8s } from 'cdk8s-plus-27';
import type { DatabasePlan } from '../../plan/database-plan';
import { firstPodLabels } from '../../plan/names';
import type { ServicePlan } from '../../plan/services';

/**
 * A Service of the database, which leads to its first pod. There is one pod to lead to, and it says itself that it is not up yet; one that is
 * only not ready because a renewal cannot be taken over must not lose its clients, and Prometheus wants the metrics of that one most of all.
 */
export function renderService({ name: database }: DatabasePlan, { name, labels, annotations, exposure, port }: ServicePlan): k8s.KubeServiceProps {
  return {
    metadata: { name, labels: { ...labels }, annotations: annotations && { ...annotations } },
    spec: {
      ...exposure,
      publishNotReadyAddresses: true,
      selector: firstPodLabels(database),
      ports: [{ name: port.name, port: port.number, protocol: 'TCP', targetPort: k8s.IntOrString.fromString(port.name) }],
    },
  };
}
