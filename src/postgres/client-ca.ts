import { Duration } from 'cdk8s';
import { checkArguments } from '../checks';
import { IIssuer, PrivateKey } from '../cert-manager';

/** What is special about a client CA of a database's own. */
export interface ClientCaOptions {
  /**
   * Common name of the CA.
   *
   * @default - the database's name followed by ` client CA`
   */
  readonly commonName?: string;

  /**
   * Lifetime of the CA's certificate.
   *
   * @default Duration.days(3650)
   */
  readonly duration?: Duration;

  /**
   * How long before its end the CA's certificate is renewed, with the same key. No client certificate may live longer than this.
   *
   * @default - 365 days, at most half of the lifetime
   */
  readonly renewBefore?: Duration;

  /**
   * The CA's private key. It never rotates unless the key says so.
   *
   * @default PrivateKey.ecdsa(256)
   */
  readonly privateKey?: PrivateKey;
}

/**
 * The CA that signs everything that logs in. Whoever can have a name signed by it can be the role of that name: a CA that several databases
 * share makes the client of one a client of all.
 */
export class ClientCa {
  /** A root of the database's own, in its namespace: it signs for this database and for nothing else. */
  public static dedicated(options: ClientCaOptions = {}): ClientCa {
    checkArguments('ClientCa.dedicated', options);
    return new ClientCa('dedicated', options);
  }

  /**
   * A root of the database's own behind a ClusterIssuer, for clients in other namespaces. Whoever may create Certificates in any namespace
   * can then have the name of any role signed: guard it with approver-policy (`CertificateRequestPolicies`).
   */
  public static clusterScoped(options: ClientCaOptions = {}): ClientCa {
    checkArguments('ClientCa.clusterScoped', options);
    return new ClientCa('cluster', options);
  }

  /**
   * An issuer that signs for others as well. Two databases that take the same role from one CA are refused, unless user maps on the whole
   * subject keep their clients apart (`AccessMethod.cert({ distinguishedName: true, map })`).
   *
   * @param issuer the issuer of all certificates that log in
   */
  public static shared(issuer: IIssuer): ClientCa {
    checkArguments('ClientCa.shared', issuer);
    return new ClientCa('shared', {}, issuer);
  }

  private constructor(
    /** `dedicated`, `cluster` or `shared`. */
    public readonly scope: string,
    /** What is special about a CA of the database's own. */
    public readonly options: ClientCaOptions,
    /**
     * The issuer that is shared.
     *
     * @default - the database has a CA of its own
     */
    public readonly issuer?: IIssuer,
  ) {}
}
