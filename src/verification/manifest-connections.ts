import { AccessOutcome } from './access-table-row';
import { alternatives } from './manifest-query';
import type { ManifestConnection } from './manifest-views';
import { displayName, inNamespace, type Manifest } from '../kubernetes';
import type { IssuanceGraph } from '../pki';
import { type AccessWalk, podsOf, walkOf } from '../workloads';

const OUTCOMES: Readonly<Record<AccessWalk['outcome'], AccessOutcome>> = {
  admitted: AccessOutcome.ADMITTED, refused: AccessOutcome.REJECTED, unknown: AccessOutcome.UNKNOWN,
};

/** A connection, with the workload of its client. */
export interface PlacedConnection {
  readonly from: Manifest;
  readonly to: Manifest;
  readonly connection: ManifestConnection;
}

/** Every connection from a client in the manifests to a server in them. */
export function connectionsOf(manifests: IssuanceGraph): PlacedConnection[] {
  return podsOf(manifests).flatMap(({ connections }) => connections.map((connection) => {
    const { from, client, server, host } = connection;
    const { outcome, refused, attempts } = walkOf(connection);
    return {
      from: from.at, to: server.pod.at,
      connection: {
        client: placed(from.at), container: client.container.name, server: placed(server.pod.at), host, role: client.user, database: client.database,
        outcome: OUTCOMES[outcome], step: refused?.name, problem: refused?.refusal.problem, error: refused?.refusal.error, field: refused?.refusal.field,
        unknownSteps: outcome === 'unknown' ? [...new Set(attempts.flatMap(({ steps }) => steps.filter(({ result }) => result === 'unknown').map(({ name }) => name)))] : [],
      },
    };
  }));
}

/**
 * The connection of a workload to a database; of several one that does not get in.
 *
 * @throws if the workload has none
 */
export function connectionTo(all: ReadonlyArray<PlacedConnection>, client: string, database: string): ManifestConnection {
  const place = `Manifests.canConnect('${client}', '${database}'): `;
  const ofClient = all.filter(({ from }) => from.name === client);
  if (ofClient.length === 0) { throw new Error(`${place}no connection of a workload '${client}' to a server in the manifests; ${alternatives(client, all.map(({ from }) => from.name), 'workload')}`); }
  const found = ofClient.filter(({ connection }) => connection.database === database);
  if (found.length === 0) {
    throw new Error(`${place}workload '${client}' connects to no database '${database}'; ${alternatives(database, ofClient.map(({ connection }) => connection.database ?? ''), 'database')}`);
  }
  // One that does not get in decides: a host of several, or a container of several.
  const worst = [AccessOutcome.REJECTED, AccessOutcome.UNKNOWN, AccessOutcome.ADMITTED].flatMap((outcome) => found.filter(({ connection }) => connection.outcome === outcome));
  return worst[0]!.connection;
}

function placed(at: Manifest): string {
  return `${displayName(at)}${inNamespace(at.namespace)}`;
}
