import { k8s } from 'cdk8s-plus-27';
import { POSTGRES_PORT } from './layout';
import { firstPodLabels, objectLabels } from './names';
import type { PostgresPlan } from './plan';
import { statsLabels } from './prometheus';
import type { PostgresNetwork } from '../network';
import { PostgresServiceTemplate, PostgresServiceType } from '../service-template';

/**
 * The Service that applications connect to. There is one pod to lead to, and it says itself that it is not up yet; one that is only
 * not ready because a renewal cannot be taken over must not lose its clients.
 */
export function renderService(plan: PostgresPlan, template?: PostgresServiceTemplate, network?: PostgresNetwork): k8s.KubeServiceProps {
  return {
    metadata: { name: plan.names.service, labels: { ...objectLabels(plan.name), ...template?.labels }, annotations: template?.annotations },
    spec: { ...exposure(template), ...families(network), publishNotReadyAddresses: true, selector: firstPodLabels(plan.name), ports: ports() },
  };
}

/** The headless Service that names single pods, whether they are ready or not. */
export function renderHeadlessService(plan: PostgresPlan, network?: PostgresNetwork): k8s.KubeServiceProps {
  return {
    metadata: { name: plan.names.headlessService, labels: objectLabels(plan.name) },
    spec: { clusterIp: 'None', ...families(network), publishNotReadyAddresses: true, selector: firstPodLabels(plan.name), ports: ports() },
  };
}

/** The Service that Prometheus fetches metrics from, most of all from a pod that is not ready. */
export function renderStatsService(plan: PostgresPlan, port: number, template?: PostgresServiceTemplate, network?: PostgresNetwork): k8s.KubeServiceProps {
  return {
    metadata: { name: plan.names.statsService, labels: { ...statsLabels(plan), ...template?.labels }, annotations: template?.annotations },
    spec: {
      ...exposure(template),
      ...families(network),
      publishNotReadyAddresses: true,
      selector: firstPodLabels(plan.name),
      ports: [{ name: 'metrics', port, protocol: 'TCP', targetPort: k8s.IntOrString.fromString('metrics') }],
    },
  };
}

function exposure(template: PostgresServiceTemplate | undefined): k8s.ServiceSpec {
  const { type = PostgresServiceType.CLUSTER_IP, loadBalancerClass, loadBalancerSourceRanges, externalTrafficPolicy } = template ?? {};
  return { type, loadBalancerClass, loadBalancerSourceRanges, externalTrafficPolicy };
}

function families({ ipFamilyPolicy, ipFamilies }: PostgresNetwork = {}): k8s.ServiceSpec {
  return { ipFamilyPolicy, ipFamilies };
}

function ports(): k8s.ServicePort[] {
  return [{ name: 'postgresql', port: POSTGRES_PORT, protocol: 'TCP', targetPort: k8s.IntOrString.fromString('postgresql') }];
}
