import type { StepResult } from './access-step';
import { describeClient } from '../describe-client';
import type { ConnectionPath } from '../pod-context';
import type { ServerView } from '../server-view';
import { mapping, mappings, memoizeByObject, text } from '../../data';
import { environmentOf, shownData } from '../../kubernetes';
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
  if (OF_INITDB.has(name) || name === created || declaredDatabases(server, manifests).includes(name)) { return 'admitted'; }
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

/** The databases in the file from which the pod of a `Postgres` creates them. */
function declaredDatabases({ pod }: ServerView, manifests: IssuanceGraph): string[] {
  return mappings(pod.spec['volumes']).flatMap(({ configMap }) => {
    const json = shownData(manifests, pod.at, 'ConfigMap', text(mapping(configMap)['name']))['declarations.json'];
    return mappings(json === undefined ? undefined : mapping(parsedJson(text(json)))['databases']).filter(({ present }) => present === true).map(({ name }) => text(name));
  });
}

function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Whether a program or a text among the manifests creates databases. */
const mayBeCreated = memoizeByObject((manifests: IssuanceGraph): boolean =>
  manifests.objects.some(({ manifest }) => /create\s+database|createdb|pg_restore|flyway|liquibase|db:create|db:prepare|db:setup/i.test(JSON.stringify(manifest))));
