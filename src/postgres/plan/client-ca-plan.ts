import type { CertificateAuthorityProps, CertificateProps, IIssuer } from '../../cert-manager';

/** The CA of the client certificates, with every default applied. */
export interface ClientCaPlan {
  /** The issuer that is shared; undefined where the database has a CA of its own. */
  readonly sharedIssuer?: IIssuer;
  /** Name of the database's own CA, and prefix of the names of its objects. */
  readonly name: string;
  readonly isCluster: boolean;
  readonly options: Omit<CertificateAuthorityProps, 'name' | 'scope' | 'parent'>;
  /** Certificate whose Secret carries `ca.crt` of the ClusterIssuer into the namespace, if no other certificate there comes from it. */
  readonly carrier?: { readonly name: string; readonly secretName: string; readonly spec: Omit<CertificateProps, 'issuer' | 'metadata' | 'secretName'> };
  /** Secret whose `ca.crt` verifies clients, unless `trustedClientCas` has another source; undefined if there is none. */
  readonly secretName?: string;
}
