import { type AccessScene, REPLICATION, SUPERUSER } from './access-cell';
import { podsOf } from '../pod-context';
import { environmentOf } from '../../kubernetes';
import { memoizeByObject } from '../../data';
import type { IssuanceGraph } from '../../pki';
import { exactName } from '../../postgresql';

/** The roles and databases of a server that anything names. */
export interface AccessSubjects {
  /** Declared roles first, then others, the superuser last. */
  readonly roles: ReadonlyArray<string>;
  /** Without replication. */
  readonly databases: ReadonlyArray<string>;
}

const KEYWORDS = new Set(['all', 'sameuser', 'samerole', 'samegroup', REPLICATION]);

/** Names in the declarations, in the rows, in the settings of the image, and of the clients that the manifests show. */
export function subjectsOf(scene: AccessScene): AccessSubjects {
  const { server, manifests, declared, rows } = scene;
  const variables = environmentOf(server.pod, server.container, manifests);
  const clients = clientsOf(manifests).filter((client) => client.pod === server.pod && client.port === server.port);
  const names = (words: ReadonlyArray<string>) => words.flatMap(nameIn);
  const initial = variables.get('POSTGRES_USER') ?? SUPERUSER;
  const roles = [
    ...declared.roles.filter(({ login }) => login).map(({ name }) => name),
    ...names(rows.flatMap(({ users }) => users)), ...clients.flatMap(({ user }) => user ?? []), initial,
  ].filter((name) => declared.role(name)?.login !== false);
  const databases = [
    ...declared.databases.map(({ name }) => name), ...names(rows.flatMap((row) => row.databases)), ...clients.flatMap(({ database }) => database ?? []),
    ...[variables.get('POSTGRES_DB') ?? []].flat(), 'postgres',
  ].filter((name) => name !== REPLICATION);
  return { roles: last([...new Set(roles)], initial), databases: last([...new Set(databases)], 'postgres') };
}

/** Where, and as which role, the clients in the manifests connect. */
const clientsOf = memoizeByObject((manifests: IssuanceGraph) => podsOf(manifests).flatMap(({ connections }) => connections.map(({ client, server }) => ({
  pod: server.pod, port: server.port, user: client.user, database: client.database,
}))));

function last(names: ReadonlyArray<string>, name: string): string[] {
  return [...names.filter((other) => other !== name), ...names.filter((other) => other === name)];
}

/** The one name that a word of pg_hba.conf stands for; none for keywords, groups and expressions. */
function nameIn(word: string): string[] {
  const exact = exactName(word);
  if (exact !== undefined) { return [exact]; }
  if (KEYWORDS.has(word) || /^[+/@]/.test(word)) { return []; }
  return [/^".*"$/s.test(word) ? word.slice(1, -1).replaceAll('""', '"') : word];
}
