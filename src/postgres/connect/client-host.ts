import type { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { DeclaredConnection } from '../declarations';
import type { PrivateKeyAlgorithm, ICertificate, IIssuer } from '../../cert-manager';

/** How a Certificate is made in the namespace of pods. */
export interface CertificateMaker {
  readonly secretName: string;
  readonly secretKeys: ReadonlyArray<string>;
  readonly algorithm?: PrivateKeyAlgorithm;
  readonly issuer?: IIssuer;
  /** Makes it below a construct, or returns the one that there is in the namespace already. */
  readonly make: (scope: Construct) => ICertificate;
}

/** What a database does for one of its clients. */
export interface ClientHost {
  /** Its certificate in the namespace of the database; reading it keeps it there. */
  readonly certificate: () => ICertificate | undefined;
  /** Its certificate in a namespace, undefined for that of the database; there is none with a password. A name takes the place of the default in other namespaces. */
  readonly certificateIn: (otherNamespace: string | undefined, name: string) => CertificateMaker | undefined;
  /** A Certificate in another namespace whose Secret brings the CA of the server there. */
  readonly carrier: (otherNamespace: string | undefined) => CertificateMaker | undefined;
  readonly password?: { readonly secretName: string; readonly key: string };
  /** Namespace of the password; undefined for that of the database. */
  readonly passwordNamespace?: string;
  readonly isAbsent: boolean;
  /** Whether the server has TLS. */
  readonly tls: boolean;
  /** The issuer of the server's certificate, where clients trust the CA that it has now. */
  readonly serverIssuer?: IIssuer;
  /** The servers, where there are several that a client tries. */
  readonly memberHosts: ReadonlyArray<string>;
  /** Prefix of names. */
  readonly name: string;
  /** Whether a NetworkPolicy restricts the database. */
  readonly isRestricted: boolean;
  /** What the pods of a client must reach, in the namespace of the database or in another one: the database, or one of its poolers. */
  readonly egress: (isElsewhere: boolean, pooler?: string) => k8s.NetworkPolicyEgressRule[];
  /** Admits pods of the client. */
  readonly admit: (connection: DeclaredConnection) => void;
}
