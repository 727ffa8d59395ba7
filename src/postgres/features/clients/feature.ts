import { clientCertificateAlias, clientCertificatePlan } from './client-certificate';
import type { ClientOptions } from './client-options';
import { databasesOf, isAbsent, usable } from './resolve-declarations';
import { declarationsJson, resolveDeclared } from './resolve-declared';
import { CLIENT_RULES } from './validation';
import { clientsOfPooler, type Declaration, hasDeclarations } from '../../declarations';
import { type CertificatePlan, sharedClientIssuer } from '../../plan/certificates';
import type { Contribution } from '../../plan/contribution';
import type { DatabaseBasics } from '../../plan/database-basics';
import type { Feature } from '../../plan/feature';
import type { HbaRowPlan } from '../../plan/parts';
import { HBA_RANK, RANK } from '../../plan/rank';
import { POOLED_MAP } from '../../plan/roles';
import { refusesPlaintext } from '../../plan/refuses-plaintext';
import type { PostgresProps } from '../../postgres-props';
import { ClientAuthMode } from '../../ssl-mode';
import { hbaName } from '../../../postgresql';
import { DECLARATIONS_FILE } from '../../../workloads';

const PASSWORDS = '/etc/postgresql-clients';

/** Databases, roles and clients: `addDatabase`, `addRole` and `addClient`. */
export const clients: Feature = {
  name: 'clients',
  resolve: (props, basics) => {
    if (!hasDeclarations(basics.declarations)) { return {}; }
    const declarations = usable(basics.declarations);
    const present = declarations.clients.filter(({ options }) => !isAbsent(options));
    const withPassword = present.filter(({ options }) => options.password !== undefined);
    // Named after the role: a running pod has the declarations of the next one before it has its volumes.
    const passwords = new Map(withPassword.map(({ name }) => [name, clientCertificateAlias(name)]));
    const declared = resolveDeclared(declarations, passwords);
    return {
      declared,
      files: [{ name: DECLARATIONS_FILE, text: declarationsJson(declared) }],
      hbaRows: [...present.flatMap((client) => clientRows(client, props, basics)), ...endOfClients(present.length)],
      certificates: certificatesOfClients(props, basics),
      ...(withPassword.length > 0 ? passwordFiles(withPassword, passwords) : {}),
    };
  },
  rules: () => CLIENT_RULES,
};

/** The certificates of the clients in the namespace of the database. */
export function certificatesOfClients(props: PostgresProps, basics: DatabaseBasics): CertificatePlan[] {
  if (!basics.tls) { return []; }
  const present = usable(basics.declarations).clients.filter(({ options }) => !isAbsent(options));
  const withCertificate = props.clientCertificate === undefined ? present.filter(({ options }) => options.password === undefined) : present;
  return withCertificate.filter((client) => isUsedHere(client, props, basics)).map((client) => clientCertificatePlan(basics, props, client));
}

/** Whether the namespace of the database needs the certificate of a client: unless the client connects only from others, where it has one each. */
function isUsedHere({ name }: Declaration<ClientOptions>, { tls }: PostgresProps, { declarations: { connections, readCertificates }, trustedClientCas }: DatabaseBasics): boolean {
  const own = connections.filter(({ client }) => client === name);
  // The server reads a shared client CA from the Secret of a client.
  const carriesCa = sharedClientIssuer(tls) !== undefined && (tls?.clientCa === undefined || trustedClientCas.isIssuedSecret);
  return own.length === 0 || own.some(({ otherNamespace }) => otherNamespace === undefined) || readCertificates.includes(name) || carriesCa;
}

/** A row for each database and network of a client. */
function clientRows(client: Declaration<ClientOptions>, { clientCertificate }: PostgresProps, basics: DatabaseBasics): HbaRowPlan[] {
  const { name, options: { addresses = ['all'], password } } = client;
  const isPooled = basics.declarations.poolers.some((pooler) => clientsOfPooler(basics.declarations, pooler).includes(name));
  const options = [
    ...(password === undefined || clientCertificate === undefined ? [] : [['clientcert', clientCertificate] as const]),
    ...(password === undefined && isPooled ? [['map', POOLED_MAP] as const] : []),
  ];
  return [...new Set(databasesOf(client))].flatMap((database) => [...new Set(addresses)].map((address): HbaRowPlan => ({
    rank: HBA_RANK.CLIENTS,
    row: {
      type: password === undefined || overTlsOnly(basics) ? 'hostssl' : 'host', databases: [hbaName(database, basics.major)], users: [hbaName(name, basics.major)], address,
      method: password === undefined ? 'cert' : 'scram-sha-256', options,
    },
  })));
}

function overTlsOnly({ sslMode, clientAuthMode }: DatabaseBasics): boolean {
  return clientAuthMode === ClientAuthMode.CERT || refusesPlaintext(sslMode);
}

/** Once there are clients, they and the access rules are all: this row covers those of the mode. */
function endOfClients(clientCount: number): HbaRowPlan[] {
  return clientCount === 0 ? [] : [{ rank: HBA_RANK.CLIENTS_END, row: { type: 'host', databases: ['all'], users: ['all'], address: 'all', method: 'reject', options: [] } }];
}

/** The passwords in one directory, under names that need no quotes. */
function passwordFiles(withPassword: ReadonlyArray<Declaration<ClientOptions>>, files: ReadonlyMap<string, string>): Contribution {
  const sources = withPassword.map(({ name, options: { password } }) => ({ secret: { name: password!.secretName, items: [{ key: password!.key, path: files.get(name)! }] } }));
  return {
    volumes: [{ name: 'client-passwords', mountPath: PASSWORDS, readOnly: true, users: ['reloader'], rank: RANK.LATER, source: { projected: { defaultMode: 0o440, sources } } }],
    variables: [{ container: 'reloader', variable: { name: 'CLIENT_PASSWORDS', value: PASSWORDS } }],
  };
}
