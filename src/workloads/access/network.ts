import { isIP } from 'node:net';
import type { StepResult } from './access-step';
import { connectionFailed } from './libpq-error';
import { describeClient } from '../describe-client';
import type { ConnectionPath } from '../pod-context';
import { displayName, type Manifest, NetworkPolicies } from '../../kubernetes';

/** Whether policies allow the client to resolve the host. */
export function dns(connection: ConnectionPath): StepResult {
  if (isIP(connection.place) !== 0) { return 'admitted'; }
  return byPolicies(connection, (policies, { client }) => policies.withoutDns(client.pod), (names) => `but the egress rules of ${names} do not allow DNS`,
    `could not translate host name "${connection.host}" to address: Temporary failure in name resolution`);
}

/** Whether policies allow the client to reach the server. */
export function egress(connection: ConnectionPath): StepResult {
  if (connection.closedPort !== undefined) { return 'unknown'; }
  return byPolicies(connection, (policies, { client, server }) => policies.keepingIn(client.pod, server),
    (names) => `but the egress rules of ${names} do not allow the server at port ${connection.server.port}`, connectionFailed(connection, TIMEOUT));
}

/** Whether policies let the client in. */
export function ingress(connection: ConnectionPath): StepResult {
  if (connection.closedPort !== undefined) { return 'unknown'; }
  return byPolicies(connection, (policies, { client, server }) => policies.closedTo(client.pod, server),
    (names) => `but it is not admitted by ${names} at port ${connection.server.port}`, connectionFailed(connection, TIMEOUT));
}

/** Packets that a policy drops get no answer. */
const TIMEOUT = 'Connection timed out';

function byPolicies(
  connection: ConnectionPath, refusing: (policies: NetworkPolicies, connection: ConnectionPath) => ReadonlyArray<Manifest>, fault: (policies: string) => string, error: string,
): StepResult {
  const { client, server, host, isPublished, from: { manifests } } = connection;
  if (server.pod === client.pod) { return 'admitted'; }
  // The source address of a connection through a load balancer depends on the cluster.
  if (isPublished) { return 'unknown'; }
  const found = manifests.ofKind('networking.k8s.io', 'NetworkPolicy').length === 0 ? [] : refusing(NetworkPolicies.of(manifests), connection);
  if (found.length === 0) { return 'admitted'; }
  return { field: client.fieldOf('host'), problem: `${describeClient(client)} connects to '${host}', ${fault(found.map(displayName).join(', '))}`, error };
}
