import type { ConnectionPath } from '../pod-context';
import type { ServerView } from '../server-view';
import type { Channel } from '../../postgresql';

/** What refuses a connection. */
export interface Refusal {
  /** The field of the client's workload that has to be edited. */
  readonly field: string;
  /** What is wrong, without the error. */
  readonly problem: string;
  /** What the client prints: of libpq 18, or of the driver that the client is known to use. */
  readonly error: string;
  /** Whether an sslmode that may do without TLS does not try again after it. */
  readonly isFinal?: boolean;
}

/** The answer of a step; `unknown` where the manifests do not show it. */
export type StepResult = 'admitted' | 'unknown' | Refusal;

/** The steps, named by the condition that refuses a connection. */
export type StepName =
  | 'sslmode' | 'dns' | 'egress' | 'ingress' | 'port'
  | 'tls-off' | 'root-file' | 'key-readable' | 'key-missing' | 'key-mode' | 'key-format' | 'server-usage' | 'self-signed-server' | 'server-chain' | 'host-name'
  | 'client-usage' | 'self-signed-client' | 'client-chain'
  | 'hba-row' | 'client-ca-file' | 'client-certificate' | 'role' | 'database';

/** What steps need of a connection whose server may be one that an operator runs. */
export interface AccessConnection extends Pick<ConnectionPath, 'client' | 'host' | 'place'> {
  readonly server: Pick<ServerView, 'certificate' | 'hba' | 'userMaps'>;
}

/** One check that a connection meets. */
export type AccessStep = (connection: ConnectionPath, channel: Channel) => StepResult;

export function isRefusal(result: StepResult | undefined): result is Refusal {
  return typeof result === 'object';
}
