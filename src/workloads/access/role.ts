import type { AccessConnection, StepResult } from './access-step';
import { loginOf } from './login';
import { describeClient } from '../describe-client';
import { displayName } from '../../kubernetes';
import { type Channel, decidingRow, optionOf, standsForOthers } from '../../postgresql';

/** PostgreSQL keeps this many bytes of a role's name. */
const ROLE_BYTES = 63;

/** Whether the certificate of the client is that of its role: by common name, or by a user map. */
export function role(connection: AccessConnection, channel: Channel): StepResult {
  const { client, server } = connection;
  const { user, database, certificate } = client;
  const row = channel !== 'tls' || user === undefined || database === undefined || !server.hba?.isComplete ? undefined : decidingRow(server.hba.rows, loginOf(connection, channel));
  if (row === undefined || user === undefined) { return 'unknown'; }
  if (row.method !== 'cert' && optionOf(row, 'clientcert') !== 'verify-full') { return 'admitted'; }
  const error = `FATAL: certificate authentication failed for user "${user}"`;
  const bytes = Buffer.byteLength(user);
  if (bytes > ROLE_BYTES) {
    const problem = `${describeClient(client)} logs in as '${user}' with a certificate, but the role name has ${bytes} bytes and PostgreSQL keeps ${ROLE_BYTES}`;
    return { field: client.fieldOf('user'), problem, error };
  }
  if (certificate === undefined || optionOf(row, 'clientname') === 'DN') { return 'unknown'; }
  const map = optionOf(row, 'map');
  const refusal = (rest: string) => ({
    field: client.fieldOf('sslcert'), error,
    problem: `${describeClient(client)} logs in as '${user}' with ${displayName(certificate.at)}, whose commonName is '${certificate.commonName}'${rest}`,
  });
  if (map === undefined) { return certificate.commonName === user ? 'admitted' : refusal(''); }
  const rows = server.userMaps?.filter((candidate) => candidate.map === map);
  if (rows === undefined) { return 'unknown'; }
  return rows.some(({ systemUser, databaseUser }) => maps(systemUser, certificate.commonName) && maps(databaseUser, user))
    ? 'admitted' : refusal(`, which the user map '${map}' does not allow`);
}

/** Regular expressions, groups and `all` count as a match: they are not evaluated here. */
function maps(word: string, wanted: string): boolean {
  return word === wanted || standsForOthers(word);
}
