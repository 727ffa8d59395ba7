import type { Construct } from 'constructs';
import type { PostgresManifests } from './postgres-manifests';
import { writtenPostgres, type WrittenPostgres } from './written-postgres';
import { readManifests, readText } from '../../reading';
import { TrustSource } from '../../trust';
import { TreeValidation } from '../../verification';
import { PostgresEndpoint } from '../endpoint';
import { ReferencedPostgres } from '../referenced-postgres';
import { SslMode } from '../ssl-mode';

/** The name of a text without a file, in messages. */
const TEXT = 'yaml';

/**
 * The database that manifests show, and its objects as known ones for the validation of the app.
 *
 * @throws if they cannot be read, are not those of one database, or do not show what clients need
 */
export function fromManifests(scope: Construct, id: string, given: PostgresManifests): ReferencedPostgres {
  const { files = [], yaml, name, namespace } = given;
  const here = (fault: string) => `[${scope.node.path}/${id}] ${fault}`;
  if (files.length === 0 && yaml === undefined) { throw new Error(here('neither files nor yaml is given; give the manifests of the database')); }
  const texts = [...files.map((file) => [file, readText(file)] as const), ...(yaml === undefined ? [] : [[TEXT, yaml] as const])];
  const manifests = texts.flatMap(([file, text]) => readManifests(file, text));
  const database = placed(here, () => writtenPostgres(manifests, { name, namespace }));
  const host = placed(here, () => endpointHost(database, given.host));
  const referenced = ReferencedPostgres._of(scope, id, {
    name: database.name, namespace: database.namespace, endpoint: new PostgresEndpoint(host, database.port),
    // What the server requires is not shown by its manifests; a client can always verify the host, which is on the certificate.
    sslMode: database.tls ? SslMode.VERIFY_FULL : SslMode.DISABLE,
    trustedServerCas: given.trustedServerCas ?? (database.serverCaSecret === undefined ? undefined : TrustSource.fromSecretName(database.serverCaSecret)),
    clientIssuer: given.clientIssuer,
  }, database);
  TreeValidation.of(referenced).addKnown(manifests);
  return referenced;
}

function endpointHost({ tls, host, hosts, name }: WrittenPostgres, given: string | undefined): string {
  const listed = hosts.map((one) => `'${one}'`).join(', ');
  if (given !== undefined) {
    if (tls && !hosts.includes(given)) { throw new Error(`host '${given}' is not on the certificate of database '${name}', which has ${listed}; give one of them`); }
    return given;
  }
  if (host === undefined) { throw new Error(`the certificate of database '${name}' has several names: ${listed}; set host to the one that applications use`); }
  return host;
}

function placed<Result>(here: (fault: string) => string, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    throw new Error(here((error as Error).message), { cause: error });
  }
}
