import type { WrittenPostgres } from './written-postgres';
import { nearest } from '../../formats';
import { asksForCertificate, asksForPassword, type AnyHbaRow, possibleRows } from '../../postgresql';

/** What the manifests of a database show of one of its clients. */
export interface WrittenClient {
  readonly databases: ReadonlyArray<string>;
  readonly needsCertificate: boolean;
  readonly needsPassword: boolean;
  /** Secret of the certificate that the manifests have for it, in the namespace of the database. */
  readonly secretName?: string;
}

/**
 * The client of a role that a database declares.
 *
 * @param wanted the databases that it needs; undefined for all that it may connect to
 * @throws if the role or a database is not declared, or if pg_hba.conf rejects the client
 */
export function clientOfWritten(db: WrittenPostgres, role: string, wanted: ReadonlyArray<string> | undefined): WrittenClient {
  const { declarations: { roles, databases }, name } = db;
  const declared = roles.find((candidate) => candidate.name === role);
  if (declared === undefined) {
    const logins = roles.filter(({ isPresent, canLogIn }) => isPresent && canLogIn).map((candidate) => candidate.name);
    throw new Error(`role '${role}' is not declared by database '${name}'${logins.length === 0 ? ', which declares no clients' : `, which has ${listed(logins)}`}; `
      + `${didYouMean(role, logins)}declare it there: addClient('${role}')`);
  }
  if (!declared.isPresent) { throw new Error(`role '${role}' is removed by database '${name}' (DeclaredState.absent); declare it there again`); }
  if (!declared.canLogIn) { throw new Error(`role '${role}' of database '${name}' cannot log in; declare a client there: addClient`); }
  const missing = wanted?.find((database) => !databases.includes(database));
  if (missing !== undefined) {
    throw new Error(`database '${missing}' is not declared by '${name}'${databases.length === 0 ? '' : `, which has ${listed(databases)}`}; ${didYouMean(missing, databases)}declare it there: addDatabase('${missing}')`);
  }
  const admitting = (database: string): AnyHbaRow[] => possibleRows(db.rows, { channel: db.tls ? 'tls' : 'plaintext', user: role, database }).filter(({ method }) => method !== 'reject');
  const reached = (wanted ?? databases).filter((database) => admitting(database).length > 0);
  const rejected = (wanted ?? []).find((database) => !reached.includes(database));
  if (rejected !== undefined) {
    throw new Error(`pg_hba.conf of database '${name}' rejects role '${role}' for database '${rejected}'; let the client have it there: addClient('${role}', { databases: […] })`);
  }
  if (reached.length === 0) { throw new Error(`pg_hba.conf of database '${name}' rejects role '${role}' for every database; declare its databases there: addClient('${role}', { databases: […] })`); }
  const rows = reached.flatMap(admitting);
  return {
    databases: reached,
    needsCertificate: rows.some(asksForCertificate),
    needsPassword: rows.some(asksForPassword),
    secretName: db.certificates.find((certificate) => certificate.role === role)?.secretName,
  };
}

function listed(names: ReadonlyArray<string>): string {
  return names.map((name) => `'${name}'`).join(', ');
}

function didYouMean(given: string, known: ReadonlyArray<string>): string {
  const word = nearest(given, known);
  return word === undefined ? '' : `give '${word}' if that is meant, or `;
}
