import { Duration } from 'cdk8s';
import { IIssuer, PrivateKey } from '../../../cert-manager';
import { checkArguments } from '../../../checks';

/** Options of the client CA of one database. */
export interface ClientCaOptions {
  /**
   * Common name of the CA.
   *
   * @default - the database's name followed by ` client CA`
   */
  readonly commonName?: string;

  /**
   * Lifetime of the CA certificate.
   *
   * @default Duration.days(3650)
   */
  readonly duration?: Duration;

  /**
   * Time before expiry at which the CA certificate is renewed, with the same key. No client certificate may have a longer lifetime.
   *
   * @default - 365 days, at most half of the lifetime
   */
  readonly renewBefore?: Duration;

  /**
   * Private key of the CA. It is kept at renewal unless the key has another rotation policy.
   *
   * @default PrivateKey.ecdsa(256)
   */
  readonly privateKey?: PrivateKey;
}

/**
 * The CA of the client certificates. Everyone who can obtain a certificate from it can log in as the role in its common name: with a CA that
 * several databases share, the client of one database is a client of all.
 */
export class ClientCa {
  /** A root CA of its own for this database, in its namespace. */
  public static dedicated(options: ClientCaOptions = {}): ClientCa {
    checkArguments('ClientCa.dedicated', options);
    return new ClientCa('dedicated', options);
  }

  /**
   * A root CA of its own for this database, with a ClusterIssuer, for clients in other namespaces. Everyone who may create Certificates in any
   * namespace can then obtain a certificate for any role: restrict that with approver-policy (`CertificateRequestPolicies`).
   */
  public static clusterScoped(options: ClientCaOptions = {}): ClientCa {
    checkArguments('ClientCa.clusterScoped', options);
    return new ClientCa('cluster', options);
  }

  /**
   * An issuer that also signs for others. Two databases that accept the same role from one CA are an error, unless user maps on the whole
   * subject separate their clients (`AccessMethod.cert({ distinguishedName: true, map })`).
   *
   * @param issuer the issuer of all client certificates
   */
  public static shared(issuer: IIssuer): ClientCa {
    checkArguments('ClientCa.shared', issuer);
    return new ClientCa('shared', {}, issuer);
  }

  private constructor(
    /** `dedicated`, `cluster` or `shared`. */
    public readonly scope: string,
    /** Options of a CA of its own. */
    public readonly options: ClientCaOptions,
    /**
     * The shared issuer.
     *
     * @default - none: the database has a CA of its own
     */
    public readonly issuer?: IIssuer,
  ) {}
}
