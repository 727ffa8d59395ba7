import { TrustBundleSource } from './trust-bundle-source';
import { CertificateAuthority, IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';

/** An authority to be trusted: who signs, and where the certificate at its top is found. */
export class TrustedCa {
  /**
   * An authority of this app. Its root is read from the Secret of its key pair, which trust-manager sees in its trust namespace only:
   * the authority needs the scope `CertificateAuthorityScope.cluster()`, unless trust-manager reads another namespace.
   */
  public static of(authority: CertificateAuthority): TrustedCa {
    checkArguments('TrustedCa.of', authority);
    // Of a self-signed root `ca.crt` is the root itself, of an authority below another one it is that one's root.
    return TrustedCa.ofIssuer(authority.issuer, TrustBundleSource.secret(authority.certificate.secretName, 'ca.crt'));
  }

  /**
   * An issuer with a copy of its root.
   *
   * @param issuer who signs
   * @param root where the root's certificate is
   */
  public static ofIssuer(issuer: IIssuer, root: TrustBundleSource): TrustedCa {
    checkArguments('TrustedCa.ofIssuer', issuer, root);
    return new TrustedCa(issuer, root._rootOf(issuer));
  }

  private constructor(
    /** Who signs. */
    public readonly issuer: IIssuer,
    /** Where the root's certificate is, for a bundle whose proofs shall know whose certificates it verifies. */
    public readonly root: TrustBundleSource,
  ) {}
}
