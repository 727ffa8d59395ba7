import type { Duration } from 'cdk8s';
import type { EngineOptions } from './availability-plan';
import type { DatabaseBasics } from './database-basics';

/** The options of Patroni with every default applied; times in seconds. */
export interface PatroniPlan {
  /** The name by which the members and their store know each other. It differs from that of the database: Patroni's ConfigMap is `SCOPE-config`. */
  readonly scope: string;
  readonly members: number;
  readonly isSynchronous: boolean;
  readonly ttl: number;
  readonly loopWait: number;
  readonly retryTimeout: number;
  readonly isSpreadRequired: boolean;
  /** A key of a ConfigMap or a Secret. */
  readonly apiServerCas: { readonly configMapName?: string; readonly secretName?: string; readonly key: string };
  readonly apiServerCidrs?: ReadonlyArray<string>;
  readonly apiServerPorts: ReadonlyArray<number>;
}

/** Port of Patroni's REST API. */
export const REST_PORT = 8008;

/** Members from which on commits wait for a replica by default: with two, the loss of one leaves nothing to wait for. */
export const SYNCHRONOUS_FROM = 3;

/** Patroni's own defaults. Source: patroni docs/dynamic_configuration.rst. */
const [TTL, LOOP_WAIT, RETRY_TIMEOUT] = [30, 10, 10];

/** The plan of Patroni; undefined for a database with another engine. */
export function patroniPlan({ name, availability, members }: Pick<DatabaseBasics, 'name' | 'availability' | 'members'>): PatroniPlan | undefined {
  if (availability.engine !== 'patroni') { return undefined; }
  const { synchronous, ttl, loopWait, retryTimeout, spread, apiServerCas, apiServerCidrs, apiServerPorts = [443, 6443] }: EngineOptions<'patroni'> = availability.options;
  return {
    scope: patroniScope(name),
    members,
    isSynchronous: synchronous ?? members >= SYNCHRONOUS_FROM,
    ttl: seconds(ttl, TTL),
    loopWait: seconds(loopWait, LOOP_WAIT),
    retryTimeout: seconds(retryTimeout, RETRY_TIMEOUT),
    isSpreadRequired: spread !== 'preferred',
    apiServerCas: apiServerCas ?? { configMapName: 'kube-root-ca.crt', key: 'ca.crt' },
    apiServerCidrs,
    apiServerPorts,
  };
}

export function patroniScope(database: string): string {
  return `${database}-ha`;
}

function seconds(duration: Duration | undefined, byDefault: number): number {
  return duration?.toMilliseconds() === undefined ? byDefault : duration.toMilliseconds() / 1000;
}
