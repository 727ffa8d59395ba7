import { TrustBundleSource } from './trust-bundle-source';
import { ICertificateAuthority, IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';

/** A trusted CA: its issuer, and the source of its root CA certificate. */
export class TrustedCa {
  /**
   * A CA of this app. trust-manager reads its root CA certificate from the Secret of the CA, which must be in the trust namespace: use the scope
   * `CertificateAuthorityScope.cluster()`, unless trust-manager is configured for another namespace.
   */
  public static fromCertificateAuthority(ca: ICertificateAuthority): TrustedCa {
    checkArguments('TrustedCa.fromCertificateAuthority', ca);
    // `ca.crt` of a self-signed root CA is its own certificate, that of an intermediate CA the certificate of its root CA.
    return TrustedCa.fromIssuer(ca.issuer, TrustBundleSource.fromSecretName(ca.keyPairSecretName, 'ca.crt'));
  }

  /**
   * An issuer, with the source of its root CA certificate.
   *
   * @param issuer the issuer that signs
   * @param root source of the root CA certificate
   */
  public static fromIssuer(issuer: IIssuer, root: TrustBundleSource): TrustedCa {
    checkArguments('TrustedCa.fromIssuer', issuer, root);
    return new TrustedCa(issuer, root._rootOf(issuer));
  }

  private constructor(
    /** The issuer that signs. */
    public readonly issuer: IIssuer,
    /** Source of the root CA certificate, for use in a bundle; the proofs know whose certificates it verifies. */
    public readonly root: TrustBundleSource,
  ) {}
}
