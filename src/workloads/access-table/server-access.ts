import { type AccessScene } from './access-cell';
import { allCells, type MergedAccess, mergedAccess } from './access-rows';
import { DeclaredAccess } from './declared-access';
import { operatorDatabasesOf } from '../operators';
import { podsOf } from '../pod-context';
import type { ServerView } from '../server-view';
import { displayName, ingressPeersOf, inNamespace, type Manifest } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { refusedRow } from '../../postgresql';

/** Who can connect to what on a server. */
export interface ServerAccess {
  /** The workload of the server, or the object that an operator makes one of. */
  readonly at: Manifest;
  /** For example `StatefulSet 'db' in namespace 'demo'`. */
  readonly name: string;
  /** Why nothing is known; undefined where the rows are. */
  readonly unknown?: string;
  /** Who is admitted, or may be. */
  readonly admitted: ReadonlyArray<MergedAccess>;
  /** Why everyone else is rejected. */
  readonly rejections: ReadonlyArray<string>;
}

/** Every server in the manifests, with who can connect to it. */
export function serverAccesses(manifests: IssuanceGraph): ServerAccess[] {
  return [
    ...podsOf(manifests).flatMap(({ servers }) => servers.map((server) => accessOf(server, manifests))),
    ...operatorDatabasesOf(manifests).map(({ at, operator }) => ({ ...none(at), unknown: `${operator} writes pg_hba.conf, and what it adds is not compared here` })),
  ];
}

function accessOf(server: ServerView, manifests: IssuanceGraph): ServerAccess {
  const scene = sceneOf(server, manifests);
  if (typeof scene === 'string') { return { ...none(server.pod.at), unknown: scene }; }
  const cells = allCells(scene);
  const { policies } = ingressPeersOf(manifests, { pod: server.pod, port: server.port });
  return {
    ...none(server.pod.at), admitted: mergedAccess(cells),
    rejections: [
      ...(policies.length === 0 ? [] : [`${policies.map(displayName).join(', ')} ${policies.length === 1 ? 'admits' : 'admit'} no connection from elsewhere`]),
      ...new Set(cells.flatMap(({ decision: { outcome, reason } }) => (outcome === 'rejected' ? [reason] : []))),
    ],
  };
}

/** What decides on a server, or why that is not known. */
export function sceneOf(server: ServerView, manifests: IssuanceGraph): AccessScene | string {
  const { hba } = server;
  if (server.isPooler) { return 'it is a pooler, whose own file decides'; }
  if (hba === undefined) { return 'pg_hba.conf is not visible'; }
  if (!hba.isComplete) { return 'pg_hba.conf names other files'; }
  for (const row of hba.rows) {
    const fault = refusedRow(row);
    if (fault !== undefined) { return `PostgreSQL refuses pg_hba.conf, whose row '${row.text}' ${fault}`; }
  }
  return { server, manifests, declared: DeclaredAccess.of(server), rows: hba.rows };
}

function none(at: Manifest): ServerAccess {
  return { at, name: `${displayName(at)}${at.namespace === undefined ? '' : inNamespace(at.namespace)}`, admitted: [], rejections: [] };
}
