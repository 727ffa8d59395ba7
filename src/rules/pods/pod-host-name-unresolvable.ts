import { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const podHostNameUnresolvable: Rule<PodContext> = {
  id: 'pod-host-name-unresolvable',
  code: 'PGTLS-W09',
  title: 'pod host name does not resolve in cluster DNS',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes, DNS for Services and Pods: a pod has a DNS name below the headless Service in serviceName of its StatefulSet only',
  check: ({ clients, workloads }) => [...new Set(clients.flatMap((client) => client.hosts.flatMap((host) => {
    const fault = workloads.podWithoutName(client, host);
    return fault === undefined ? [] : [`container '${client.container.name}' connects to '${host}', which does not resolve: ${fault}`];
  })))],
  fix: 'connect to the Service itself, or create a headless Service (clusterIP: None) and set its name as serviceName of the StatefulSet',
};
