import { Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { formatQuantity, kibibytes } from './quantity';
import type { PostgresProps } from '../postgres-props';

/** What logs, a temporary file and what is written below the root take; a node with a full disk evicts first the pods that are over their request. */
const EPHEMERAL_STORAGE = { request: Size.mebibytes(64) };

/**
 * Memory has a limit equal to its request, so that a busy node does not kill the database first; the CPU has none, because
 * a throttled checkpoint slows every session.
 */
const SERVER: ContainerResources = {
  cpu: { request: Cpu.millis(250) }, memory: { request: Size.gibibytes(1), limit: Size.gibibytes(1) }, ephemeralStorage: EPHEMERAL_STORAGE,
};
const RELOADER: ContainerResources = {
  cpu: { request: Cpu.millis(10) }, memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) }, ephemeralStorage: EPHEMERAL_STORAGE,
};

/** The memory limit of the database container, or undefined where it has none. */
export function memoryLimitKib(resources: ContainerResources | undefined): number | undefined {
  const limit = { ...SERVER, ...given(resources) }.memory?.limit;
  return limit && kibibytes(limit);
}

/** What a new database takes, with the WAL that it begins with. */
const NEW_DATABASE = Size.mebibytes(256);

/**
 * Requests and limits of the database container: what is given for one resource takes the place of the default for that one. Data on
 * the node's disk is part of what is asked for.
 */
export function serverResources(resources: ContainerResources | undefined, storage?: PostgresProps['storage']): k8s.ResourceRequirements {
  const data = storage?.isDurable === false ? storage._size ?? storage._sizeLimit ?? NEW_DATABASE : Size.kibibytes(0);
  const ephemeralStorage = { request: Size.kibibytes(kibibytes(EPHEMERAL_STORAGE.request) + kibibytes(data)) };
  return renderAmounts({ ...SERVER, ephemeralStorage, ...given(resources) });
}

export function reloaderResources(resources: ContainerResources | undefined, server?: ContainerResources): k8s.ResourceRequirements {
  return sidecarResources(RELOADER, resources, server);
}

/** Requests and limits of a container beside the database: what is given for one resource takes the place of the default for that one. */
export function sidecarResources(defaults: ContainerResources, resources: ContainerResources | undefined, server?: ContainerResources): k8s.ResourceRequirements {
  return renderAmounts({ ...limitedLike(server, { ephemeralStorage: EPHEMERAL_STORAGE, ...defaults }), ...given(resources) });
}

/** What the containers beside the database may take of the CPU where the database has a limit: as a rule because the namespace asks for limits. */
const CPU_LIMIT = Cpu.millis(200);

function limitedLike(server: ContainerResources | undefined, defaults: ContainerResources): ContainerResources {
  return server?.cpu?.limit === undefined ? defaults : { ...defaults, cpu: { ...defaults.cpu, limit: CPU_LIMIT } };
}

function given(resources: ContainerResources | undefined): ContainerResources {
  return Object.fromEntries(Object.entries(resources ?? {}).filter(([, amounts]) => amounts !== undefined));
}

/** Huge pages beside other memory: Kubernetes wants request and limit to be the same. */
export function withHugePages(resources: k8s.ResourceRequirements, hugePages: PostgresProps['hugePages']): k8s.ResourceRequirements {
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
