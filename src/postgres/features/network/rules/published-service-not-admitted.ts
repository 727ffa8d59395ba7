import type { DatabaseContext } from '../../../plan/database-context';
import { isPublished, keepsClientAddresses } from '../../../plan/network-rule';
import { givenServices } from '../../../plan/services';
import { networkOf } from '../../../plan/network-of';
import { Consequence, kubernetesPage, type Rule, Severity } from '../../../../rules';

export const publishedServiceNotAdmitted: Rule<DatabaseContext> = {
  id: 'published-service-not-admitted',
  code: 'PGTLS-P44',
  severity: Severity.WARNING,
  title: 'NetworkPolicy admits no network for a published Service',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    kubernetesPage('concepts/services-networking/network-policies/', 'Network Policies', 'the address of a client can be rewritten before the policy applies'),
    kubernetesPage('tutorials/services/source-ip/', 'Using Source IP', 'connections through a Service of type NodePort or LoadBalancer can arrive from addresses of nodes'),
  ],
  check: ({ props, plan }, report) => {
    if (!networkOf(props).isRestricted) { return; }
    for (const [alias, options] of givenServices(props)) {
      const rule = plan.networkRules.find((candidate) => candidate.alias === alias);
      if (!isPublished(options) || rule === undefined) { continue; }
      if (rule.isGiven ? !rule.from.some(({ ipBlock }) => ipBlock !== undefined) : !keepsClientAddresses(options)) {
        report(alias === 'stats' ? 'network.monitoring' : 'network.clients',
          `services.${alias} has type ${options.type}, but the NetworkPolicy admits no network from which its connections arrive`);
      }
    }
  },
  fix: 'add NetworkPeer.network(…) to network.clients (stats: network.monitoring): the networks of the nodes and of the load balancer, or with '
    + "externalTrafficPolicy 'Local' those of the clients",
};
