import { Size } from 'cdk8s';
import { ContainerResources, k8s } from 'cdk8s-plus-27';
import { formatQuantity, kibibytes } from './quantity';
import type { HugePages } from '../huge-pages';

const DEFAULT_MEMORY = Size.gibibytes(1);

/** The memory limit of the database container, or undefined where it has none. */
export function memoryLimitKib(resources: ContainerResources | undefined): number | undefined {
  const limit = resources ? resources.memory?.limit : DEFAULT_MEMORY;
  return limit && kibibytes(limit);
}

/**
 * Requests and limits of the database container. Memory has a limit equal to its request by default, so that a busy node does
 * not kill the database first; the CPU has none, because throttling a checkpoint helps nobody.
 */
export function renderResources(resources: ContainerResources | undefined): k8s.ResourceRequirements {
  return resources ? renderAmounts(resources) : {
    requests: { cpu: k8s.Quantity.fromString('250m'), memory: k8s.Quantity.fromString(formatQuantity(DEFAULT_MEMORY)) },
    limits: { memory: k8s.Quantity.fromString(formatQuantity(DEFAULT_MEMORY)) },
  };
}

/** Huge pages beside other memory: Kubernetes wants request and limit to be the same. */
export function withHugePages(resources: k8s.ResourceRequirements, hugePages: HugePages | undefined): k8s.ResourceRequirements {
  if (!hugePages) { return resources; }
  const pages = { [`hugepages-${hugePages.pageSize}`]: k8s.Quantity.fromString(formatQuantity(hugePages.amount)) };
  return { ...resources, requests: { ...resources.requests, ...pages }, limits: { ...resources.limits, ...pages } };
}

/** Requests and limits that were given, and no others. */
export function renderAmounts({ cpu, memory, ephemeralStorage }: ContainerResources): k8s.ResourceRequirements {
  const amounts = (which: 'request' | 'limit') => {
    const entries = {
      'cpu': cpu?.[which]?.amount,
      'memory': memory?.[which] && formatQuantity(memory[which]),
      'ephemeral-storage': ephemeralStorage?.[which] && formatQuantity(ephemeralStorage[which]),
    };
    const given = Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return given.length > 0 ? Object.fromEntries(given.map(([name, amount]) => [name, k8s.Quantity.fromString(amount)])) : undefined;
  };
  return { requests: amounts('request'), limits: amounts('limit') };
}
