import type { DatabaseContext } from '../plan/database-context';
import { renderAmounts } from '../plan/resources';
import { asGiven } from '../plan/as-given';
import { entryPath, mapping } from '../../data';
import { parseQuantity } from '../../formats';
import { Consequence, kubernetesFile, type Rule } from '../../rules';

export const resourceRequestAboveLimit: Rule<DatabaseContext> = {
  id: 'resource-request-above-limit',
  code: 'PGTLS-P86',
  title: 'resource request above its limit',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubernetesFile('pkg/apis/core/validation/validation.go', 'a request may not exceed its limit')],
  check: ({ props: { podTemplate = {} }, plan: { given } }, report) => {
    for (const [property, amounts] of [...given.resources, ...given.initResources]) {
      for (const { resource, problem } of amounts ? excessiveRequests(renderAmounts(amounts)) : []) {
        report(`${property}.${resource === 'ephemeral-storage' ? 'ephemeralStorage' : resource}.request`, `${property}: ${problem}`);
      }
    }
    for (const list of ['initContainers', 'containers'] as const) {
      (podTemplate[list] ?? []).forEach(({ name, resources }, index) => {
        for (const { resource, problem } of excessiveRequests(resources)) {
          report(entryPath(`podTemplate.${list}[${index}].resources.requests`, resource), `podTemplate: container '${name}': ${problem}`);
        }
      });
    }
  },
  fix: 'raise the limit or lower the request',
};

/** Requests of a container above their limits. Quantities may come from any version of cdk8s-plus, or be plain strings. */
function excessiveRequests(resources: unknown): Array<{ readonly resource: string; readonly problem: string }> {
  const { requests, limits } = mapping(asGiven(undefined, resources));
  return Object.entries(mapping(requests)).flatMap(([resource, request]) => {
    const limit = mapping(limits)[resource];
    const [asked, most] = [parseQuantity(request), parseQuantity(limit)];
    const isAbove = asked !== undefined && most !== undefined && asked > most;
    return isAbove ? [{ resource, problem: `${resource} request ${String(request)} is above the limit ${String(limit)}` }] : [];
  });
}
