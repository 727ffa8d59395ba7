import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Certificate } from './certificate';
import { ClusterIssuer } from './cluster-issuer';
import { CommonMetadata } from './common-metadata';
import { Issuer } from './issuer';
import { ICertificate, IIssuer } from './issuer-ref';
import { IssuerSource } from './issuer-source';
import { PrivateKey } from './private-key';
import { NameConstraints, X509Subject } from './x509';
import { checkArguments } from '../checks';
import { TreeValidation } from '../verification';

/** The namespaces in which a CA can sign certificates. */
export class CertificateAuthorityScope {
  /** Only the namespace of its chart (Issuer). */
  public static namespaced(): CertificateAuthorityScope {
    return new CertificateAuthorityScope(false);
  }

  /**
   * Every namespace (ClusterIssuer). Everyone who may create Certificates in any namespace can obtain a certificate of this CA.
   *
   * @param resourceNamespace cert-manager's cluster resource namespace (`--cluster-resource-namespace`), from which it reads the key pair of
   *   a ClusterIssuer: by default the namespace of its Helm release. It is configured once for the whole app; default: the namespace that the
   *   app has configured already, or `cert-manager`
   */
  public static cluster(resourceNamespace?: string): CertificateAuthorityScope {
    checkArguments('CertificateAuthorityScope.cluster', resourceNamespace);
    return new CertificateAuthorityScope(true, resourceNamespace);
  }

  private constructor(
    /** Whether it can sign in every namespace. */
    public readonly isCluster: boolean,
    /**
     * Namespace of the key pair of a CA for every namespace.
     *
     * @default - the cluster resource namespace of the app; for a namespaced CA its own namespace
     */
    public readonly resourceNamespace?: string,
  ) {}
}

/** Properties of a CertificateAuthority. */
export interface CertificateAuthorityProps {
  /**
   * Name of the issuer and the Certificate, and prefix of the names of the other objects; labels and annotations of all of them.
   *
   * @default - the construct id as name
   */
  readonly metadata?: CommonMetadata;

  /**
   * The issuer of the certificate of this CA, which makes it an intermediate CA: another CertificateAuthority or any issuer. Clients trust
   * only the root CA; servers send their own certificate with the intermediate certificates.
   *
   * @default - none: the CA is a self-signed root CA
   */
  readonly parent?: IIssuer;

  /**
   * Common name of the CA certificate. It must differ from those of the certificates that the CA signs (PGTLS-B13).
   *
   * @default - the name followed by ' CA', or by ' Intermediate CA' if it has a parent
   */
  readonly commonName?: string;

  /**
   * Subject fields other than the common name.
   *
   * @default - none
   */
  readonly subject?: X509Subject;

  /**
   * Lifetime of the CA certificate. For an intermediate CA at most the `renewBefore` of its parent.
   *
   * @default - 3650 days for a root CA; 365 days for an intermediate CA, or the `renewBefore` of its parent if that is shorter
   */
  readonly duration?: Duration;

  /**
   * How long before its expiry the CA certificate is renewed, by default with the same key. It is also the maximum lifetime of the
   * certificates that the CA signs.
   *
   * @default - 365 days for a root CA, 180 days for an intermediate CA, at most half of the lifetime
   */
  readonly renewBefore?: Duration;

  /**
   * Private key of the CA. It is kept on renewal, unless the key sets a `rotationPolicy`.
   *
   * @default PrivateKey.ecdsa(256)
   */
  readonly privateKey?: PrivateKey;

  /**
   * The names that the CA may sign.
   *
   * @default - every name
   */
  readonly nameConstraints?: NameConstraints;

  /**
   * The namespaces in which the CA can sign certificates.
   *
   * @default CertificateAuthorityScope.namespaced()
   */
  readonly scope?: CertificateAuthorityScope;
}

/** A CA: an issuer, and the Secret of its key pair. */
export interface ICertificateAuthority extends IIssuer {
  /** The issuer that signs with the key pair. */
  readonly issuer: IIssuer;

  /** Name of the Secret with the key pair and, in `ca.crt`, the root CA certificate. */
  readonly keyPairSecretName: string;
}

/**
 * A private CA: the CA certificate and the issuer that signs with it. A root CA includes the selfSigned issuer that it needs; an
 * intermediate CA is signed by its `parent`. The construct is an issuer itself and is accepted wherever an IIssuer is.
 *
 * The private key is kept on renewal by default, because cert-manager does not reissue leaf certificates when their CA changes: with a
 * new key, clients with the new `ca.crt` would reject servers with an old certificate.
 *
 * Use different CAs for servers and clients: everyone who can obtain a certificate of the client CA can log in as any role.
 *
 * @see https://cert-manager.io/docs/configuration/ca/
 */
export class CertificateAuthority extends Construct implements ICertificateAuthority {
  /** The issuer to sign certificates with. */
  public readonly issuer: IIssuer;

  /** The CA certificate. */
  public readonly certificate: ICertificate;

  public readonly keyPairSecretName: string;

  /**
   * The issuer of the CA certificate.
   *
   * @default - none: it is a root CA
   */
  public readonly parent?: IIssuer;

  /** Lifetime of the CA certificate. */
  public readonly duration: Duration;

  /** How long before its expiry the CA certificate is renewed; the maximum lifetime of the certificates that the CA signs. */
  public readonly renewBefore: Duration;

  public readonly issuerName: string;
  public readonly issuerKind: string;
  public readonly issuerGroup: string;
  public readonly issuerNamespace?: string;
  public readonly providesCaCertificate: boolean;
  public readonly caCertificate?: ICertificate;

  public constructor(scope: Construct, id: string, props: CertificateAuthorityProps = {}) {
    checkArguments('CertificateAuthority', scope, id, props);
    super(scope, id);
    const { parent, metadata: { name = id, labels, annotations } = {} } = props;
    const metadata = { ...(labels && { labels: { ...labels } }), ...(annotations && { annotations: { ...annotations } }) };
    this.parent = parent;
    const serves = props.scope ?? CertificateAuthorityScope.namespaced();
    const issuerOf = (childId: string, issuerName: string, source: IssuerSource) => serves.isCluster
      ? new ClusterIssuer(this, childId, { metadata: { ...metadata, name: issuerName }, source })
      : new Issuer(this, childId, { metadata: { ...metadata, name: issuerName }, source });
    this.duration = props.duration ?? defaultDuration(parent);
    this.renewBefore = props.renewBefore ?? shorter(Duration.days(parent ? 180 : 365), half(this.duration));

    this.certificate = new Certificate(this, 'certificate', {
      metadata: { ...metadata, name, namespace: this.keyPairNamespace(serves) },
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
    this.caCertificate = this.certificate;
    this.keyPairSecretName = this.certificate.secretName;
    this.issuer = issuerOf('issuer', name, IssuerSource.ca(this.certificate));
    this.issuerName = this.issuer.issuerName;
    this.issuerKind = this.issuer.issuerKind;
    this.issuerGroup = this.issuer.issuerGroup;
    this.issuerNamespace = this.issuer.issuerNamespace;
    this.providesCaCertificate = this.issuer.providesCaCertificate;
  }

  /** cert-manager reads the key pair of an Issuer from its namespace, and that of a ClusterIssuer from the cluster resource namespace. */
  private keyPairNamespace({ isCluster, resourceNamespace }: CertificateAuthorityScope): string | undefined {
    const validation = TreeValidation.of(this);
    if (resourceNamespace !== undefined) { validation.configure(this, { clusterResourceNamespace: resourceNamespace }); }
    return isCluster ? validation.assumptions.clusterResourceNamespace : Chart.of(this).namespace;
  }
}

/** At most the `renewBefore` of the parent, so that it expires before the parent's certificate at the time of its issuance. */
function defaultDuration(parent: IIssuer | undefined): Duration {
  if (parent === undefined) { return Duration.days(3650); }
  const longest = parent.caCertificate?.renewBefore;
  return longest === undefined ? Duration.days(365) : shorter(Duration.days(365), longest);
}

function half(duration: Duration): Duration {
  return Duration.seconds(Math.floor(duration.toSeconds({ integral: false }) / 2));
}

function shorter(one: Duration, other: Duration): Duration {
  return one.toMilliseconds({ integral: false }) <= other.toMilliseconds({ integral: false }) ? one : other;
}
