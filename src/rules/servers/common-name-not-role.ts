import { loopbackAddress } from './loopback-address';
import { displayName } from '../../kubernetes';
import { decidingRow, optionOf } from '../../postgresql';
import { type ConnectionPath, describeClient, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Report, Rule } from '../engine/rule';
import { postgresPage } from '../engine/sources';

/** PostgreSQL keeps this many bytes of a role's name. */
const ROLE_BYTES = 63;

export const commonNameNotRole: Rule<PodContext> = {
  id: 'common-name-not-role',
  code: 'PGTLS-B11',
  title: 'common name of the client certificate does not match the role',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('auth-cert.html', 'Certificate Authentication', 'the common name is the role, or a user map leads to it')],
  check: ({ connections }, report) => {
    for (const connection of connections) {
      if (connection.client.insistsOnTls) { checkIdentity(connection, report); }
    }
  },
  fix: 'set commonName to the name of the role (at most 63 bytes), or map it to the role in pg_ident.conf',
};

function checkIdentity({ client, place, server }: ConnectionPath, report: Report): void {
  const { user, database, certificate } = client;
  const row = user === undefined || database === undefined || !server.hba?.isComplete ? undefined
    : decidingRow(server.hba.rows, { channel: 'tls', user, database, address: loopbackAddress(place) });
  if (row === undefined || (row.method !== 'cert' && optionOf(row, 'clientcert') !== 'verify-full')) { return; }
  const bytes = Buffer.byteLength(user!);
  if (bytes > ROLE_BYTES) {
    report(client.fieldOf('user'), `${describeClient(client)} logs in as '${user}' with a certificate, but the role name has ${bytes} bytes and PostgreSQL keeps ${ROLE_BYTES}`);
    return;
  }
  if (certificate === undefined || optionOf(row, 'clientname') === 'DN') { return; }
  const map = optionOf(row, 'map');
  const fault = `${describeClient(client)} logs in as '${user}' with ${displayName(certificate.at)}, whose commonName is '${certificate.commonName}'`;
  if (map === undefined) {
    if (certificate.commonName !== user) { report(client.fieldOf('sslcert'), fault); }
    return;
  }
  const rows = server.userMaps?.filter((candidate) => candidate.map === map);
  if (rows !== undefined && !rows.some(({ systemUser, databaseUser }) => maps(systemUser, certificate.commonName) && maps(databaseUser, user!))) {
    report(client.fieldOf('sslcert'), `${fault}, which the user map '${map}' does not allow`);
  }
}

/** Regular expressions, groups and `all` count as a match: they are not evaluated here. */
function maps(word: string, wanted: string): boolean {
  return word === wanted || /^[+/]|^all$|\\1/.test(word);
}
