import type { CertificateAuthorityProps, CertificateProps, IIssuer } from '../../cert-manager';

/** The CA of everything that logs in, with every default applied. */
export interface ClientCaPlan {
  /** The issuer that is shared; undefined where the database has a CA of its own. */
  readonly sharedIssuer?: IIssuer;
  /** Name of the CA of the database's own, and base of the names of its objects. */
  readonly name: string;
  readonly isCluster: boolean;
  readonly options: Omit<CertificateAuthorityProps, 'name' | 'scope' | 'parent'>;
  /** Certificate that brings `ca.crt` of a ClusterIssuer into the namespace, where it signs for nobody else. */
  readonly carrier?: { readonly name: string; readonly secretName: string; readonly spec: Omit<CertificateProps, 'issuer' | 'metadata' | 'secretName'> };
  /** Secret whose `ca.crt` verifies clients, unless `clientAuthorities` says where else; undefined where there is none. */
  readonly secretName?: string;
}
