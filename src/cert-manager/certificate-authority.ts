import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Certificate } from './certificate';
import { ClusterIssuer } from './cluster-issuer';
import { Issuer } from './issuer';
import { IIssuer } from './issuer-ref';
import { IssuerSource } from './issuer-source';
import { PrivateKey } from './private-key';
import { NameConstraints, X509Subject } from './x509';

/** Where an authority can sign. */
export class CertificateAuthorityScope {
  /** In the namespace of its chart only. */
  public static namespaced(): CertificateAuthorityScope {
    return new CertificateAuthorityScope(undefined);
  }

  /**
   * In every namespace. Whoever may create Certificates anywhere can then have one signed.
   *
   * @param resourceNamespace cert-manager's cluster resource namespace, in which it looks for the key pair of a ClusterIssuer:
   *   the namespace of its Helm release unless configured otherwise
   */
  public static cluster(resourceNamespace: string = 'cert-manager'): CertificateAuthorityScope {
    return new CertificateAuthorityScope(resourceNamespace);
  }

  private constructor(
    /**
     * Namespace of the key pair of an authority for every namespace.
     *
     * @default - the authority serves its own namespace only
     */
    public readonly resourceNamespace: string | undefined,
  ) {}
}

/** Properties of a CertificateAuthority. */
export interface CertificateAuthorityProps {
  /**
   * Name of the issuer, the Certificate and the base of the names of the others.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Common name of the authority. It must differ from that of every certificate it signs.
   *
   * @default - the name followed by ' CA'
   */
  readonly commonName?: string;

  /**
   * Parts of the subject beside the common name.
   *
   * @default - none
   */
  readonly subject?: X509Subject;

  /**
   * Lifetime of the authority's certificate.
   *
   * @default Duration.days(3650)
   */
  readonly duration?: Duration;

  /**
   * How long before its end the authority's certificate is renewed, with the same key. No certificate that it signs may live
   * longer than this.
   *
   * @default Duration.days(365)
   */
  readonly renewBefore?: Duration;

  /**
   * The authority's private key. It never rotates unless the key says so.
   *
   * @default PrivateKey.ecdsa(256)
   */
  readonly privateKey?: PrivateKey;

  /**
   * The names that the authority may sign for.
   *
   * @default - every name
   */
  readonly nameConstraints?: NameConstraints;

  /**
   * Where the authority can sign.
   *
   * @default CertificateAuthorityScope.namespaced()
   */
  readonly scope?: CertificateAuthorityScope;
}

/**
 * A private authority: a self-signed issuer, the authority's own certificate and the issuer that signs with it.
 *
 * Its key never rotates by default, because cert-manager does not issue leaves again when their authority changes: with a new
 * key, clients that hold the new `ca.crt` would refuse servers that hold the old certificate.
 */
export class CertificateAuthority extends Construct {
  /** The issuer to sign certificates with. */
  public readonly issuer: IIssuer;

  /** The authority's own certificate. */
  public readonly certificate: Certificate;

  public constructor(scope: Construct, id: string, props: CertificateAuthorityProps = {}) {
    super(scope, id);
    const name = props.name ?? id;
    const resourceNamespace = props.scope?.resourceNamespace;
    const namespace = resourceNamespace ?? Chart.of(this).namespace;
    const issuerOf = (childId: string, issuerName: string, source: IssuerSource) => resourceNamespace === undefined
      ? new Issuer(this, childId, { metadata: { name: issuerName }, source })
      : new ClusterIssuer(this, childId, { metadata: { name: issuerName }, source });

    this.certificate = new Certificate(this, 'certificate', {
      metadata: { name, namespace },
      issuer: issuerOf('self-signed-issuer', `${name}-selfsigned`, IssuerSource.selfSigned()),
      secretName: `${name}-key-pair`,
      isCa: true,
      commonName: props.commonName ?? `${name} CA`,
      subject: props.subject,
      duration: props.duration ?? Duration.days(3650),
      renewBefore: props.renewBefore ?? Duration.days(365),
      privateKey: props.privateKey,
      nameConstraints: props.nameConstraints,
    });
    this.issuer = issuerOf('issuer', name, IssuerSource.ca(this.certificate));
  }
}
