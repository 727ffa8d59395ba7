import type { StepResult } from './access-step';
import { describeClient } from '../describe-client';
import type { ConnectionPath } from '../pod-context';
import type { ServerView } from '../server-view';
import { memoizeByObject } from '../../data';
import { environmentOf } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import { isOfficialImage } from '../../postgresql';

/** Databases that initdb creates. */
const OF_INITDB = new Set(['postgres', 'template0', 'template1']);

/** Whether the database exists, where the files show all databases that are created. */
export function database(connection: ConnectionPath): StepResult {
  const { client, host, server, from: { manifests } } = connection;
  const name = client.setting('dbname');
  if (name === undefined || name === 'replication') { return 'unknown'; }
  const created = createdDatabase(server, manifests);
  if (OF_INITDB.has(name) || name === created) { return 'admitted'; }
  if (created === undefined || mayBeCreated(manifests)) { return 'unknown'; }
  return {
    field: client.fieldOf('dbname'),
    problem: `${describeClient(client)} connects to '${host}' for database '${name}', but the files create database '${created}' only`,
    error: `FATAL: database "${name}" does not exist`,
  };
}

/** The database that the entrypoint of the official image creates beside `postgres`, where no scripts may create more. */
function createdDatabase({ container, pod }: ServerView, manifests: IssuanceGraph): string | undefined {
  const variables = environmentOf(pod, container, manifests);
  const hasScripts = container.mounts.some(({ folder }) => `${folder}/`.startsWith('/docker-entrypoint-initdb.d/'));
  return !isOfficialImage(container.image) || hasScripts ? undefined : variables.get('POSTGRES_DB');
}

/** Whether a program or a text among the manifests creates databases. */
const mayBeCreated = memoizeByObject((manifests: IssuanceGraph): boolean =>
  manifests.objects.some(({ manifest }) => /create\s+database|createdb|pg_restore|flyway|liquibase|db:create|db:prepare|db:setup/i.test(JSON.stringify(manifest))));
