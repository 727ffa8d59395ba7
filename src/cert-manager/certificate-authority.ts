import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Certificate } from './certificate';
import { ClusterIssuer } from './cluster-issuer';
import { Issuer } from './issuer';
import { IIssuer } from './issuer-ref';
import { IssuerSource } from './issuer-source';
import { PrivateKey } from './private-key';
import { NameConstraints, X509Subject } from './x509';
import { checkArguments } from '../checks';
import { TreeValidation } from '../verification';

/** Where an authority can sign. */
export class CertificateAuthorityScope {
  /** In the namespace of its chart only. */
  public static namespaced(): CertificateAuthorityScope {
    return new CertificateAuthorityScope(false);
  }

  /**
   * In every namespace. Whoever may create Certificates anywhere can then have one signed.
   *
   * @param resourceNamespace cert-manager's cluster resource namespace, in which it looks for the key pair of a ClusterIssuer: the
   *   namespace of its Helm release unless configured otherwise. Said here, the proofs of the whole app know it; an app has one. Left
   *   out, it is what the app knows already, or `cert-manager`
   */
  public static cluster(resourceNamespace?: string): CertificateAuthorityScope {
    checkArguments('CertificateAuthorityScope.cluster', resourceNamespace);
    return new CertificateAuthorityScope(true, resourceNamespace);
  }

  private constructor(
    /** Whether it can sign in every namespace. */
    public readonly isCluster: boolean,
    /**
     * Namespace of the key pair of an authority for every namespace.
     *
     * @default - the cluster resource namespace that the app knows; the authority's own where it serves no other
     */
    public readonly resourceNamespace?: string,
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
   * Who signs the certificate of this authority, which makes it an intermediate: another CertificateAuthority or any issuer. Clients trust
   * the root alone; servers show their own certificate with the intermediates.
   *
   * @default - the authority signs itself: it is a root
   */
  readonly parent?: IIssuer;

  /**
   * Common name of the authority. It must differ from that of every certificate it signs.
   *
   * @default - the name followed by ' CA', or by ' Intermediate CA' where it has a parent
   */
  readonly commonName?: string;

  /**
   * Parts of the subject beside the common name.
   *
   * @default - none
   */
  readonly subject?: X509Subject;

  /**
   * Lifetime of the authority's certificate. That of an intermediate is at most the `renewBefore` of its parent.
   *
   * @default - 3650 days for a root; 365 days for an intermediate, or what its parent leaves where that is less
   */
  readonly duration?: Duration;

  /**
   * How long before its end the authority's certificate is renewed, with the same key. No certificate that it signs may live
   * longer than this.
   *
   * @default - 365 days for a root, 180 days for an intermediate, at most half of the lifetime
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
 * A private authority: its own certificate and the issuer that signs with it. A root comes with the self-signed issuer that it needs, an
 * intermediate with the `parent` that signs it. It is an issuer itself and can stand wherever one is asked for.
 *
 * Its key never rotates by default, because cert-manager does not issue leaves again when their authority changes: with a new
 * key, clients that hold the new `ca.crt` would refuse servers that hold the old certificate.
 *
 * Servers and clients may have authorities of their own: whoever can have a certificate signed by the authority of the clients can log in
 * as any role.
 */
export class CertificateAuthority extends Construct implements IIssuer {
  /** The issuer to sign certificates with. */
  public readonly issuer: IIssuer;

  /** The authority's own certificate. */
  public readonly certificate: Certificate;

  /**
   * Who signs the authority's own certificate.
   *
   * @default - none: it is a root
   */
  public readonly parent?: IIssuer;

  /** Lifetime of the authority's certificate. */
  public readonly duration: Duration;

  /** How long before its end the authority's certificate is renewed: the longest lifetime of what it signs. */
  public readonly renewBefore: Duration;

  public readonly issuerName: string;
  public readonly issuerKind: string;
  public readonly issuerGroup: string;
  public readonly issuerNamespace?: string;
  public readonly providesCaCertificate: boolean;
  public readonly isOwned = true;

  public constructor(scope: Construct, id: string, props: CertificateAuthorityProps = {}) {
    checkArguments('CertificateAuthority', scope, id, props);
    super(scope, id);
    const { parent, name = id } = props;
    this.parent = parent;
    const serves = props.scope ?? CertificateAuthorityScope.namespaced();
    const issuerOf = (childId: string, issuerName: string, source: IssuerSource) => serves.isCluster
      ? new ClusterIssuer(this, childId, { metadata: { name: issuerName }, source })
      : new Issuer(this, childId, { metadata: { name: issuerName }, source });
    this.duration = props.duration ?? defaultDuration(parent);
    this.renewBefore = props.renewBefore ?? shorter(Duration.days(parent ? 180 : 365), half(this.duration));

    this.certificate = new Certificate(this, 'certificate', {
      metadata: { name, namespace: this.keyPairNamespace(serves) },
      issuer: parent ?? issuerOf('self-signed-issuer', `${name}-selfsigned`, IssuerSource.selfSigned()),
      secretName: `${name}-key-pair`,
      isCa: true,
      commonName: props.commonName ?? `${name} ${parent ? 'Intermediate CA' : 'CA'}`,
      subject: props.subject,
      duration: this.duration,
      renewBefore: this.renewBefore,
      privateKey: props.privateKey,
      nameConstraints: props.nameConstraints,
    });
    this.issuer = issuerOf('issuer', name, IssuerSource.ca(this.certificate));
    this.issuerName = this.issuer.issuerName;
    this.issuerKind = this.issuer.issuerKind;
    this.issuerGroup = this.issuer.issuerGroup;
    this.issuerNamespace = this.issuer.issuerNamespace;
    this.providesCaCertificate = this.issuer.providesCaCertificate;
  }

  /** cert-manager looks for the key pair of an Issuer beside it, and for that of a ClusterIssuer in one namespace of the cluster. */
  private keyPairNamespace({ isCluster, resourceNamespace }: CertificateAuthorityScope): string | undefined {
    const validation = TreeValidation.of(this);
    if (resourceNamespace !== undefined) { validation.configure(this, { clusterResourceNamespace: resourceNamespace }); }
    return isCluster ? validation.assumptions.clusterResourceNamespace : Chart.of(this).namespace;
  }
}

/** What a parent signs ends before the certificate that the parent has when it is renewed. */
function defaultDuration(parent: IIssuer | undefined): Duration {
  if (parent === undefined) { return Duration.days(3650); }
  const authority = parent instanceof CertificateAuthority ? parent : parent.node.scope;
  return authority instanceof CertificateAuthority ? shorter(Duration.days(365), authority.renewBefore) : Duration.days(365);
}

function half(duration: Duration): Duration {
  return Duration.seconds(Math.floor(duration.toSeconds({ integral: false }) / 2));
}

function shorter(one: Duration, other: Duration): Duration {
  return one.toMilliseconds({ integral: false }) <= other.toMilliseconds({ integral: false }) ? one : other;
}
