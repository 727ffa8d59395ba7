import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Certificate, type CertificateProps, ICertificate, IIssuer, KeyUsage } from '../../cert-manager';
import { inNamespace } from '../../kubernetes';
import { clientCertificateAlias } from '../features/clients/client-certificate';
import type { ClientCertificateOptions } from '../features/clients/client-options';

/** What a certificate of a client is made of. */
export interface ClientCertificateSource {
  readonly database: string;
  readonly role: string;
  /** A Secret that exists. */
  readonly secretName?: string;
  readonly issuer?: IIssuer;
  readonly options?: ClientCertificateOptions;
}

/**
 * The certificate of a client of another repository's database, in the namespace of a scope: one that exists, or a new one.
 *
 * @throws if the issuer is not known, or cannot be used in the namespace
 */
export function clientCertificateOf(scope: Construct, { database, role, secretName, issuer, options }: ClientCertificateSource): ICertificate {
  const alias = clientCertificateAlias(role);
  const id = `${alias}-cert`;
  if (secretName !== undefined) { return Certificate.fromSecretName(scope, id, secretName); }
  if (issuer === undefined) {
    throw new Error(`[${scope.node.path}] clientIssuer is not known, so no certificate can be issued for role '${role}'; set clientIssuer, or secretName to a Secret with its certificate`);
  }
  const { namespace } = Chart.of(scope);
  if (issuer.issuerNamespace !== undefined && namespace !== undefined && issuer.issuerNamespace !== namespace) {
    throw new Error(`[${scope.node.path}] role '${role}' needs a certificate from ${issuer.issuerKind} '${issuer.issuerName}'${inNamespace(issuer.issuerNamespace)}, which cannot be used in `
      + `namespace '${namespace}'; let the database have a client CA for all namespaces (tls.clientCa: ClientCa.clusterScoped), use the namespace of the database, `
      + 'mount a certificate of that issuer with cert-manager\'s csi-driver where its approval policy allows that, or set secretName to a Secret with its certificate');
  }
  const { name, secretName: ownSecret, spec } = clientCertificateProps(database, role, options);
  return new Certificate(scope, id, { ...spec, metadata: { name }, secretName: ownSecret, issuer });
}

/** Names and properties of a certificate that an app issues for a client of another app's database. */
export function clientCertificateProps(
  database: string, role: string, { secretName, ...options }: ClientCertificateOptions = {},
): { readonly name: string; readonly secretName: string; readonly spec: Omit<CertificateProps, 'issuer' | 'metadata' | 'secretName'> } {
  // The database's own app may issue certificates of the same client in the same namespace, under the name without `app`.
  const name = `${database}-${clientCertificateAlias(role)}-app-cert`;
  return { name, secretName: secretName ?? name, spec: { ...options, commonName: role, usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.CLIENT_AUTH] } };
}
