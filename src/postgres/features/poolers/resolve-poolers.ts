import { Duration } from 'cdk8s';
import type { PoolerOptions } from './pooler-options';
import { PoolMode } from './pool-mode';
import { clientsOfPooler, databasesOf, type Declaration, type Declarations } from '../../declarations';
import type { DatabaseBasics } from '../../plan/database-basics';
import { backupName, poolerName } from '../../plan/names';
import { dnsLabelError } from '../../../formats';
import { isPatternOrGroup, pgBouncerDatabaseFault } from '../../../postgresql';

/** A pooler with every default applied. */
export interface PoolerPlan extends Required<Omit<PoolerOptions, 'clients' | 'resources'>> {
  /** As it is declared. */
  readonly declared: string;
  /** Of its Deployment and Service, and the common name of the certificate that it shows the database. */
  readonly name: string;
  readonly resources: PoolerOptions['resources'];
  /** The declared clients that may use it, in the order of the declarations. */
  readonly clients: ReadonlyArray<PooledClient>;
}

/** A client of a pooler. */
export interface PooledClient {
  readonly role: string;
  readonly databases: ReadonlyArray<string>;
}

/** A Service's name, and the longest common name of a certificate: 64 bytes. */
const LONGEST = 63;

/** Endings of the names of the Services of a database. */
const RESERVED: ReadonlySet<string> = new Set(['pods', 'stats']);

/** Why a pooler cannot have its name; undefined if it can. */
export function poolerNameFault({ name: database, declarations: { poolers } }: DatabaseBasics, { name }: Declaration<PoolerOptions>, index: number): string | undefined {
  const full = poolerName(database, name);
  if (full.length > LONGEST) { return `makes the name '${full}', which has ${full.length} characters; at most ${LONGEST} are allowed`; }
  if (RESERVED.has(name)) { return 'is that of another Service of the database'; }
  if (full === backupName(database)) { return 'is that of the backups of the database'; }
  return dnsLabelError(name) ?? (poolers.findIndex((other) => other.name === name) === index ? undefined : 'is that of another one');
}

/** The poolers of a database, without those whose names a rule refuses. */
export function resolvePoolers(basics: DatabaseBasics): PoolerPlan[] {
  return basics.declarations.poolers.filter((pooler, index) => poolerNameFault(basics, pooler, index) === undefined).map((pooler) => resolvePooler(basics, pooler));
}

/** Whether a pooler can admit a client by its certificate, and the user map can name it. */
function isPoolable({ name, options: { password, state } }: Declarations['clients'][number]): boolean {
  return !isPatternOrGroup(name) && password === undefined && !(state?.isAbsent ?? false);
}

/** Applies defaults. Clients that cannot be pooled are left out: a rule reports them. */
export function resolvePooler(basics: DatabaseBasics, pooler: Declaration<PoolerOptions>): PoolerPlan {
  const { name: declared, options } = pooler;
  const named = new Set(clientsOfPooler(basics.declarations, pooler));
  return {
    declared,
    name: poolerName(basics.name, declared),
    version: options.version,
    mode: options.mode ?? PoolMode.TRANSACTION,
    instances: options.instances ?? 2,
    poolSize: options.poolSize ?? 10,
    maxClientConnections: options.maxClientConnections ?? 1000,
    maxPreparedStatements: options.maxPreparedStatements ?? 200,
    queryWaitTimeout: options.queryWaitTimeout ?? Duration.minutes(2),
    terminationGracePeriod: options.terminationGracePeriod ?? Duration.minutes(5),
    resources: options.resources,
    clients: basics.declarations.clients.filter((client) => named.has(client.name) && isPoolable(client))
      .map((client) => ({ role: client.name, databases: databasesOf(client).filter((one) => pgBouncerDatabaseFault(one) === undefined) })),
  };
}

/** The databases of the clients of a pooler, each once. */
export function databasesOfPooler({ clients }: PoolerPlan): string[] {
  return [...new Set(clients.flatMap(({ databases }) => databases))];
}

/** The most connections that a pooler opens to the database: while it is updated it has one pod more. */
export function mostServerConnections({ clients, instances, poolSize }: PoolerPlan): number {
  return (instances + 1) * poolSize * clients.reduce((sum, { databases }) => sum + databases.length, 0);
}
