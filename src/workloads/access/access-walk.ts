import { type AccessStep, isRefusal, type Refusal, type StepName, type StepResult } from './access-step';
import { clientChain, clientUsage, selfSignedClient } from './client-chain';
import { clientCaFile, clientCertificate } from './client-certificate';
import { database } from './database';
import { hbaRow } from './hba-row';
import { hostName } from './host-name';
import { keyFormat, keyMissing, keyMode, keyReadable } from './key-file';
import { channelsOf } from './login';
import { dns, egress, ingress } from './network';
import { port } from './port';
import { role } from './role';
import { rootFile } from './root-file';
import { selfSignedServer, serverChain, serverUsage } from './server-chain';
import { sslmode } from './sslmode';
import { tlsOff } from './tls-off';
import type { ClientView } from '../client-view';
import type { ConnectionPath, PodContext } from '../pod-context';
import { memoizeByObject } from '../../data';
import type { Channel } from '../../postgresql';

type NamedStep = readonly [StepName, AccessStep];

/** Before the server answers. */
const TO_THE_SERVER: ReadonlyArray<NamedStep> = [['sslmode', sslmode], ['dns', dns], ['egress', egress], ['ingress', ingress], ['port', port]];

/** In the order of libpq, which reads its files before the handshake. Source: PostgreSQL src/interfaces/libpq/fe-secure-openssl.c, initialize_SSL. */
const TLS: ReadonlyArray<NamedStep> = [
  ['tls-off', tlsOff], ['root-file', rootFile], ['key-readable', keyReadable], ['key-missing', keyMissing], ['key-mode', keyMode], ['key-format', keyFormat],
  ['server-usage', serverUsage], ['self-signed-server', selfSignedServer], ['server-chain', serverChain], ['host-name', hostName],
  ['client-usage', clientUsage], ['self-signed-client', selfSignedClient], ['client-chain', clientChain],
];

/** In the server. Source: PostgreSQL src/backend/libpq/auth.c, ClientAuthentication; src/backend/utils/init/postinit.c. */
const LOGIN: ReadonlyArray<NamedStep> = [
  ['hba-row', hbaRow], ['client-ca-file', clientCaFile], ['client-certificate', clientCertificate], ['role', role], ['database', database],
];

const ORDER: ReadonlyArray<StepName> = [...TO_THE_SERVER, ...TLS, ...LOGIN].map(([name]) => name);

/** A step with its result. */
export interface TakenStep {
  readonly name: StepName;
  readonly result: StepResult;
}

/** What a client meets that connects through one channel: each step up to the first that refuses it. */
export interface AccessAttempt {
  readonly channel: Channel;
  readonly steps: ReadonlyArray<TakenStep>;
}

/** What refuses a connection, and at which step. */
export interface RefusedStep {
  readonly name: StepName;
  readonly refusal: Refusal;
}

/** What a client meets on its way to a server. */
export interface AccessWalk {
  readonly connection: ConnectionPath;
  /** In the order in which its sslmode makes them. */
  readonly attempts: ReadonlyArray<AccessAttempt>;
  readonly outcome: 'admitted' | 'unknown' | 'refused';
  /** What refuses it, where every attempt is refused: that of the attempt with TLS first. */
  readonly refused?: RefusedStep;
}

/** The walk of a connection, computed once. */
export const walkOf = memoizeByObject(walk);

/** Whether a client meets a step: no connection of it is visible, or one gets that far. */
export function isMet({ connections }: PodContext, client: ClientView, step: StepName): boolean {
  const own = connections.filter((connection) => connection.client === client);
  return own.length === 0 || own.some((connection) => reaches(walkOf(connection), step));
}

/** Whether a connection gets past the steps before the given one. */
function reaches({ refused }: AccessWalk, step: StepName): boolean {
  return refused === undefined || ORDER.indexOf(refused.name) >= ORDER.indexOf(step);
}

function walk(connection: ConnectionPath): AccessWalk {
  const attempts: AccessAttempt[] = [];
  const channels = channelsOf(connection.client);
  for (const channel of channels) {
    // Without TLS on the server, an sslmode that may do without goes on in plaintext.
    if (channel === 'tls' && connection.server.tls === false && channels.length > 1) { continue; }
    const steps = attempt(connection, channel);
    attempts.push({ channel, steps });
    const refused = refusedStep(steps);
    if (refused === undefined || refused.refusal.isFinal === true || TO_THE_SERVER.some(([name]) => name === refused.name)) { break; }
  }
  const last = attempts.at(-1)!;
  if (refusedStep(last.steps) === undefined) {
    return { connection, attempts, outcome: last.steps.every(({ result }) => result === 'admitted') ? 'admitted' : 'unknown' };
  }
  const ofTls = attempts.find(({ channel }) => channel === 'tls') ?? last;
  return { connection, attempts, outcome: 'refused', refused: refusedStep(ofTls.steps) };
}

function attempt(connection: ConnectionPath, channel: Channel): TakenStep[] {
  const taken: TakenStep[] = [];
  for (const [name, step] of [...TO_THE_SERVER, ...(channel === 'tls' ? TLS : []), ...LOGIN]) {
    const result = step(connection, channel);
    taken.push({ name, result });
    if (isRefusal(result)) { break; }
  }
  return taken;
}

function refusedStep(steps: ReadonlyArray<TakenStep>): RefusedStep | undefined {
  const last = steps.at(-1);
  return last !== undefined && isRefusal(last.result) ? { name: last.name, refusal: last.result } : undefined;
}
