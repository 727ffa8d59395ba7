import { CertificateProps, IIssuer, KeyUsage } from '../../cert-manager';
import { ClientCa, ClientCaOptions } from '../client-ca';
import { CertificateAlias } from '../ssl-mode';
import type { PostgresTls } from '../tls';
import type { CertificatePlan } from './certificates';

/** The CA of everything that logs in, with every default applied. */
export interface ClientCaPlan {
  /** The issuer that is shared; undefined where the database has a CA of its own. */
  readonly sharedIssuer?: IIssuer;
  /** Name of the CA of the database's own, and base of the names of its objects. */
  readonly name: string;
  readonly isCluster: boolean;
  readonly options: ClientCaOptions;
  /** Certificate that brings `ca.crt` of a ClusterIssuer into the namespace, where it signs for nobody else. */
  readonly carrier?: Omit<CertificateProps, 'issuer' | 'metadata'> & { readonly name: string; readonly secretName: string };
}

/** The CA of a database; an issuer that is given for the alias `client` is one that is shared. */
export function clientCaPlan(database: string, tls: PostgresTls): ClientCaPlan {
  const named = tls.certificates?.find(({ alias }) => alias === CertificateAlias.CLIENT)?.issuer;
  const ca = tls.clientCa ?? (named ? ClientCa.shared(named) : ClientCa.dedicated());
  const name = `${database}-client-ca`;
  const carrier = `${name}-trust`;
  return {
    name,
    sharedIssuer: ca.issuer,
    isCluster: ca.scope === 'cluster',
    options: { ...ca.options, commonName: ca.options.commonName ?? `${database} client CA` },
    carrier: ca.scope !== 'cluster' ? undefined : {
      name: carrier,
      secretName: carrier,
      commonName: carrier,
      // For a server, so that it can log in nowhere; what is wanted of it is ca.crt.
      usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.SERVER_AUTH],
      dnsNames: [carrier],
    },
  };
}

/** Where the CA's certificate lies in the namespace: never beside a key that the reader has no business with but for `ca.crt` alone. */
export function clientCaSecret({ sharedIssuer, name, carrier }: ClientCaPlan, certificates: ReadonlyArray<CertificatePlan>, serverIssuer: IIssuer | undefined): string | undefined {
  if (sharedIssuer === undefined) { return carrier?.secretName ?? `${name}-key-pair`; }
  const issued = [CertificateAlias.CLIENT, CertificateAlias.METRICS_EXPORTER].flatMap((alias) => certificates.find((certificate) => certificate.alias === alias) ?? []);
  const server = serverIssuer !== undefined && isSameIssuer(serverIssuer, sharedIssuer) ? certificates.find(({ alias }) => alias === CertificateAlias.SERVER) : undefined;
  return (issued[0] ?? server)?.secretName;
}

/** Two constructs may refer to one issuer. */
export function isSameIssuer(one: IIssuer, other: IIssuer): boolean {
  return one.issuerName === other.issuerName && one.issuerKind === other.issuerKind && one.issuerGroup === other.issuerGroup && one.issuerNamespace === other.issuerNamespace;
}
