import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { BoundClientOptions } from './bound-client-options';
import { CLIENT_FILES } from './client-file-names';
import type { ICertificate, PrivateKeyAlgorithm } from '../../cert-manager';
import type { TrustSource } from '../../trust';
import { ClientConnection } from '../client-connection';
import { SslMode } from '../ssl-mode';

/** What an application needs of a client, as plain data: names of objects in its own namespace. */
export interface BoundClient {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly tls: boolean;
  readonly service: { readonly name: string; readonly namespace?: string };
  readonly certificate?: { readonly secretName: string; readonly hasDerKey: boolean };
  readonly trust?: { readonly kind: 'configMap' | 'secret'; readonly name: string; readonly key: string };
  readonly password?: { readonly secretName: string; readonly key: string };
  readonly keyAlgorithm?: PrivateKeyAlgorithm;
}

/**
 * A client for the namespace of a scope.
 *
 * @throws if an object that it needs is in another namespace, if the client cannot log in, or if the database is none of its own
 */
export function boundClient(scope: Construct, options: BoundClientOptions): BoundClient {
  const { client, database = client.database, keyAlgorithm } = options;
  const { db, role } = client;
  const faults: string[] = [];
  const namespace = Chart.of(scope).namespace;
  const elsewhere = (of: string | undefined) => of !== undefined && namespace !== undefined && of !== namespace;
  const tls = db.sslMode !== SslMode.DISABLE;
  const certificate = options.certificate ?? client.certificate;
  const trust = options.trustedServerCas ?? db.trustedServerCas;
  const password = options.password ?? client._password;
  if (!client.databases.includes(database)) {
    faults.push(`database '${database}' is none of the client '${client.name}', which has ${client.databases.map((name) => `'${name}'`).join(', ')}; give one of them`);
  }
  if (certificate === undefined && password === undefined) {
    faults.push(`client '${client.name}' has neither a certificate nor a password, so it cannot log in; give one, or remove what binds it if the client is absent`);
  }
  if (certificate !== undefined && elsewhere(certificate.secretNamespace)) {
    faults.push(`certificate is the Secret '${certificate.secretName}' in namespace '${certificate.secretNamespace!}', and pods of namespace '${namespace!}' cannot read it; `
      + 'give one of this namespace as certificate, from an issuer that all namespaces can use (tls.clientCa with ClientCa.clusterScoped), or use the namespace of the database');
  }
  if (tls && options.trustedServerCas === undefined && trust !== undefined && elsewhere(db.namespace) && !trust._isIn(namespace!)) {
    faults.push(`trustedServerCas is not set, and those of the database are in namespace '${db.namespace!}', which pods of namespace '${namespace!}' cannot read; `
      + 'give a ConfigMap of this namespace, for example of a TrustBundle');
  }
  if (tls && trust?.isIssuedSecret === true && certificate === undefined) {
    faults.push('trustedServerCas is TrustSource.fromIssuedSecret(), but the client has no certificate; give a ConfigMap or a Secret');
  }
  if (options.password === undefined && password !== undefined && elsewhere(db.namespace)) {
    faults.push(`password is not set, and that of the client is in namespace '${db.namespace!}', which pods of namespace '${namespace!}' cannot read; give a Secret of this namespace`);
  }
  if (faults.length > 0) { throw new Error(faults.map((fault) => `[${scope.node.path}] ${fault}`).join('\n')); }
  return {
    host: db.endpoint.host, port: db.endpoint.port, database, user: role, tls, keyAlgorithm,
    service: { name: db.name, namespace: db.namespace },
    certificate: certificate && { secretName: certificate.secretName, hasDerKey: certificate.secretKeys.includes(CLIENT_FILES.derKey) },
    trust: tls && trust !== undefined ? trustOf(trust, certificate) : undefined,
    password: password && { secretName: password.secretName, key: password.key },
  };
}

/** The connection of a client whose files are in a directory. */
export function connectionOf({ host, port, database, user, tls, certificate, trust, keyAlgorithm }: BoundClient, directory: string): ClientConnection {
  const file = (name: string) => `${directory}/${name}`;
  return new ClientConnection({
    hosts: [host], port, database, user, tls,
    caFile: trust && file(CLIENT_FILES.serverCa),
    ...(certificate === undefined || !tls ? {} : {
      certificateFile: file(CLIENT_FILES.certificate), keyFile: file(CLIENT_FILES.key), keyAlgorithm,
      derKeyFile: certificate.hasDerKey ? file(CLIENT_FILES.derKey) : undefined,
    }),
  });
}

function trustOf({ configMapName, secretName, key }: TrustSource, certificate: ICertificate | undefined): NonNullable<BoundClient['trust']> {
  return configMapName === undefined ? { kind: 'secret', name: secretName ?? certificate!.secretName, key } : { kind: 'configMap', name: configMapName, key };
}
