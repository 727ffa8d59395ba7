import type { DatabaseContext } from '../plan/database-context';
import { renderAmounts } from '../plan/resources';
import { asGiven } from '../plan/as-given';
import { mapping } from '../../data';
import { parseQuantity } from '../../formats';
import { Consequence, Rule, when } from '../../rules';

export const resourceRequestAboveLimit: Rule<DatabaseContext> = {
  id: 'resource-request-above-limit',
  code: 'PGTLS-P86',
  title: 'resource request above its limit',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes, validation of ResourceRequirements',
  check: ({ props: { podTemplate = {} }, plan: { given } }) => [
    ...[...given.resources, ...given.initResources].flatMap(([property, amounts]) => (amounts ? requestFaults(property, renderAmounts(amounts)) : [])),
    ...[...(podTemplate.initContainers ?? []), ...(podTemplate.containers ?? [])]
      .flatMap((container) => requestFaults(`podTemplate: container '${container.name}'`, container.resources)),
  ],
  fix: 'raise the limit or lower the request',
};

/** Requests of a container above their limits. Quantities may come from any version of cdk8s-plus, or be plain strings. */
function requestFaults(where: string, resources: unknown): string[] {
  const { requests, limits } = mapping(asGiven(undefined, resources));
  return Object.entries(mapping(requests)).flatMap(([resource, request]) => {
    const limit = mapping(limits)[resource];
    const [asked, most] = [parseQuantity(request), parseQuantity(limit)];
    return when(asked !== undefined && most !== undefined && asked > most, () => `${where}: ${resource} request ${String(request)} is above the limit ${String(limit)}`);
  });
}
