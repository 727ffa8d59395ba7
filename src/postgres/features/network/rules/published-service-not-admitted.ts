import { networkOf } from '../network-of';
import type { DatabaseContext } from '../../../plan/database-context';
import { isPublished, keepsClientAddresses } from '../../../plan/network-rule';
import { givenServices } from '../../../plan/services';
import { Consequence, Rule, Severity, when } from '../../../../rules';

export const publishedServiceNotAdmitted: Rule<DatabaseContext> = {
  id: 'published-service-not-admitted',
  code: 'PGTLS-P44',
  severity: Severity.WARNING,
  title: 'NetworkPolicy admits no network for a published Service',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'Kubernetes, NetworkPolicy: connections through a Service of type NodePort or LoadBalancer can arrive from addresses of nodes',
  check: ({ props, plan }) => (!networkOf(props).isRestricted ? [] : givenServices(props).flatMap(([alias, options]) => {
    const rule = plan.networkRules.find((candidate) => candidate.alias === alias);
    return when(isPublished(options) && rule !== undefined && (rule.isGiven ? !rule.from.some(({ ipBlock }) => ipBlock !== undefined) : !keepsClientAddresses(options)),
      () => `services.${alias} has type ${options.type}, but the NetworkPolicy admits no network from which its connections arrive`);
  })),
  fix: 'add NetworkPeer.network(…) to network.clients (stats: network.monitoring): the networks of the nodes and of the load balancer, or with '
    + "externalTrafficPolicy 'Local' those of the clients",
};
