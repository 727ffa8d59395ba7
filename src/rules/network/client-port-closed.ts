import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesPage } from '../engine/sources';
import { reportRefusals } from '../servers/report-refusals';

export const clientPortClosed: Rule<PodContext> = {
  id: 'client-port-closed',
  code: 'PGTLS-T21',
  title: 'client connects to a port at which nothing listens',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    kubernetesPage('concepts/services-networking/service/', 'Service', 'port, targetPort, and ports with names'),
  ],
  check: (context, report) => reportRefusals(context, report, 'port'),
  fix: 'connect to a port of the Service, and set its targetPort to the port of the server',
};
