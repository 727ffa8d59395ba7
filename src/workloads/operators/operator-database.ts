import type { OperatorHba, WrittenRow } from './written-rows';
import type { Located, Manifest } from '../../kubernetes';
import type { CertificateNode, IssuanceGraph } from '../../pki';
import type { IdentRow } from '../../postgresql';

/** What a Secret is for, as messages name it. */
export type SecretPurpose = 'server certificate' | 'server CA' | 'client CA' | 'replication certificate';

/** A key that an operator reads from a Secret. */
export interface OperatorKey {
  readonly key: string;
  /** The field that has to be edited if the key does not exist. */
  readonly field: string;
}

/** A Secret that an operator reads by reference. */
export interface OperatorSecret {
  readonly purpose: SecretPurpose;
  readonly name: string;
  /** The field that names it. */
  readonly field: string;
  readonly keys: ReadonlyArray<OperatorKey>;
}

/** A Service that an operator makes, and through which clients connect. */
export interface OperatorService {
  readonly name: string;
  readonly port: string;
  /** What accepts the connections: for a pooler, `pg_hba.conf` of the server does not see the client. */
  readonly isPooler: boolean;
  /** The Secret with the certificate that clients see; undefined where the operator issues it. */
  readonly secret: string | undefined;
}

/** A connection of a pooler to the server behind it, with verify-full. */
export interface PoolerConnection {
  readonly host: string;
  /** The field that decides it. */
  readonly field: string;
  /** The Secret with the certificate of the server; undefined where the operator issues it. */
  readonly secret: string | undefined;
}

/** A database, or a pooler, that an operator runs: what its object shows of it. */
export interface OperatorDatabase extends Located {
  /** The name of the operator. */
  readonly operator: string;
  readonly manifests: IssuanceGraph;
  /** Whether the object requests more than one instance. */
  readonly isReplicated: boolean;
  readonly secrets: ReadonlyArray<OperatorSecret>;
  readonly services: ReadonlyArray<OperatorService>;
  /** The labels by which Services select its pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly poolerConnections: ReadonlyArray<PoolerConnection>;
  /** The role that replicas log in as with the replication certificate; undefined where they use a password. */
  readonly replicationRole: string | undefined;
  /** The user map that leads from the common name of the replication certificate to the role; undefined where the name must be the role. */
  readonly replicationMap: string | undefined;
  /** The rows of pg_hba.conf that stand in the object. */
  readonly writtenRows: ReadonlyArray<WrittenRow>;
  /** pg_hba.conf as the operator writes it; undefined where that is not visible. */
  readonly hba: OperatorHba | undefined;
  /** The rows of pg_ident.conf; undefined where they are not visible. */
  readonly userMaps: ReadonlyArray<IdentRow> | undefined;
  /** Whether the server and the replication certificate must both be given, with one CA. */
  readonly pairsSecrets: boolean;
  /** The label that a Secret must have so that instances read it again; undefined where they always do. */
  readonly reloadLabel: string | undefined;
}

/** What an object of an operator shows, where all else has the defaults of this package: nothing. */
export type OperatorFacts = Pick<OperatorDatabase, 'operator'> & Partial<Omit<OperatorDatabase, 'at' | 'manifests'>>;

export function operatorDatabase(at: Manifest, manifests: IssuanceGraph, facts: OperatorFacts): OperatorDatabase {
  return {
    at, manifests, isReplicated: false, secrets: [], services: [], podLabels: {}, poolerConnections: [], replicationRole: undefined, replicationMap: undefined,
    pairsSecrets: false, writtenRows: [], hba: undefined, userMaps: undefined, reloadLabel: undefined, ...facts,
  };
}

/** The Secret of a database for a purpose. */
export function secretFor({ secrets }: OperatorDatabase, purpose: SecretPurpose): OperatorSecret | undefined {
  return secrets.find((secret) => secret.purpose === purpose);
}

/** The Certificate that writes a Secret of a database. */
export function operatorCertificate({ at, manifests }: Pick<OperatorDatabase, 'at' | 'manifests'>, name: string | undefined): CertificateNode | undefined {
  return name === undefined ? undefined : manifests.writersOf(at.namespace, name, at)[0];
}

/** The Certificate that writes the Secret for a purpose. */
export function certificateFor(database: OperatorDatabase, purpose: SecretPurpose): CertificateNode | undefined {
  return operatorCertificate(database, secretFor(database, purpose)?.name);
}

/** The names of a Service, without those in a cluster domain, which is not known. */
export function serviceHosts(name: string, namespace: string | undefined): string[] {
  return namespace === undefined ? [name] : [name, `${name}.${namespace}`, `${name}.${namespace}.svc`];
}
