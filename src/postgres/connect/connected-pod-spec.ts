import type { k8s } from 'cdk8s-plus-27';
import type { ClientConnection } from '../client-connection';

/** A specification of pods that a client is connected to. */
export interface ConnectedPodSpec {
  /** A copy of the specification that was given, with what the client needs. */
  readonly podSpec: k8s.PodSpec;

  /** The connection with the paths in the containers, for drivers that read no environment variables. */
  readonly connection: ClientConnection;
}
