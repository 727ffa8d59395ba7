import type { AccessOutcome } from './access-table-row';

/** A Certificate of cert-manager, with the defaults that cert-manager applies. */
export interface ManifestCertificate {
  /** Name of the Certificate. */
  readonly name: string;
  /**
   * Its namespace.
   *
   * @default - none is set
   */
  readonly namespace?: string;
  /** The Secret that cert-manager writes. */
  readonly secretName: string;
  /** Whether it is a CA certificate. */
  readonly isCa: boolean;
  /** The common name, of `commonName` or `literalSubject`; empty without one. */
  readonly commonName: string;
  /** DNS names. */
  readonly dnsNames: string[];
  /** IP addresses. */
  readonly ipAddresses: string[];
  /** Usages, completed as cert-manager does. */
  readonly usages: string[];
  /** Kind of the issuer: `Issuer`, `ClusterIssuer`, or that of an external issuer. */
  readonly issuerKind: string;
  /** Name of the issuer. */
  readonly issuerName: string;
  /** Seconds from issuance to the end. */
  readonly durationSeconds: number;
  /** Seconds before the end at which it is renewed. */
  readonly renewBeforeSeconds: number;
  /** Whether a renewal makes a new key. */
  readonly rotatesKey: boolean;
}

/** A PostgreSQL server in the manifests. */
export interface ManifestDatabase {
  /** Kind of its workload, for example `StatefulSet`. */
  readonly kind: string;
  /** Name of its workload. */
  readonly name: string;
  /**
   * Its namespace.
   *
   * @default - none is set
   */
  readonly namespace?: string;
  /** The container that runs PostgreSQL. */
  readonly container: string;
  /** Its image. */
  readonly image: string;
  /**
   * The port.
   *
   * @default - the manifests do not show it
   */
  readonly port?: number;
  /**
   * Whether it offers TLS.
   *
   * @default - the manifests do not show it
   */
  readonly tls?: boolean;
}

/** Whether a client in the manifests gets into a database. */
export interface ManifestConnection {
  /** The workload of the client, for example `Deployment 'shop' in namespace 'shop'`. */
  readonly client: string;
  /** The container of the client. */
  readonly container: string;
  /** The workload of the server, for example `StatefulSet 'shop-db' in namespace 'shop'`. */
  readonly server: string;
  /** The host that the client connects to. */
  readonly host: string;
  /**
   * The role.
   *
   * @default - the manifests do not show it
   */
  readonly role?: string;
  /**
   * The database.
   *
   * @default - the manifests do not show it
   */
  readonly database?: string;
  /** Whether it gets in. */
  readonly outcome: AccessOutcome;
  /**
   * The step that rejects it, for example `ingress`, `server-chain` or `hba-row`.
   *
   * @default - none does
   */
  readonly step?: string;
  /**
   * What is wrong at that step.
   *
   * @default - nothing is
   */
  readonly problem?: string;
  /**
   * The error that the client prints.
   *
   * @default - none
   */
  readonly error?: string;
  /**
   * The field of the client's workload that leads to it.
   *
   * @default - none
   */
  readonly field?: string;
  /** With the outcome `UNKNOWN`: the steps that the manifests do not decide. */
  readonly unknownSteps: string[];
}
