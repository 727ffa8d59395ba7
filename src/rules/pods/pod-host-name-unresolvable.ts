import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesPage } from '../engine/sources';

export const podHostNameUnresolvable: Rule<PodContext> = {
  id: 'pod-host-name-unresolvable',
  code: 'PGTLS-W09',
  title: 'pod host name does not resolve in cluster DNS',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubernetesPage('concepts/services-networking/dns-pod-service/', 'DNS for Services and Pods', 'a pod has a DNS name below the headless Service in serviceName of its StatefulSet only'),
  ],
  check: ({ clients, workloads }, report) => {
    const reported = new Set<string>();
    for (const client of clients) {
      for (const host of client.hosts) {
        const fault = workloads.podWithoutName(client, host);
        if (fault === undefined) { continue; }
        const problem = `container '${client.container.name}' connects to '${host}', which does not resolve: ${fault}; error: could not translate host name "${host}" to address: Name or service not known`;
        if (!reported.has(problem)) { report(client.fieldOf('host'), problem); }
        reported.add(problem);
      }
    }
  },
  fix: 'connect to the Service itself, or create a headless Service (clusterIP: None) and set its name as serviceName of the StatefulSet',
};
