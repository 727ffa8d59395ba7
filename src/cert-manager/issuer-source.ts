import { AcmeIssuerOptions } from './acme/acme-issuer-options';
import { renderAccountKey, renderAcme } from './acme/acme-spec';
import { CaIssuerOptions, SelfSignedIssuerOptions } from './issuer-options';
import { ICertificate } from './issuer-ref';
import { VaultIssuerOptions } from './vault/vault-issuer-options';
import { renderVault } from './vault/vault-spec';
import { VenafiIssuerOptions } from './venafi/venafi-issuer-options';
import { checkArguments, requireText } from '../checks';
import type { IssuerSpec } from '../../imports/cert-manager.io';

/**
 * Type of an Issuer or ClusterIssuer and its settings: exactly one, as cert-manager requires.
 *
 * @see https://cert-manager.io/docs/configuration/issuers/
 */
export abstract class IssuerSource {
  /**
   * A selfSigned issuer: each certificate is signed with its own key. Use it only for root CA certificates: peers with self-signed leaf
   * certificates do not trust each other.
   */
  public static selfSigned(options: SelfSignedIssuerOptions = {}): IssuerSource {
    checkArguments('IssuerSource.selfSigned', options);
    const { crlDistributionPoints } = options;
    return new RenderedSource(true, () => ({ selfSigned: { crlDistributionPoints } }));
  }

  /**
   * A CA issuer, which signs with a key pair in a Secret.
   *
   * @param certificate the CA certificate: a Certificate of this app, or `Certificate.fromSecretName` for another Secret
   * @param options URLs to write into the issued certificates
   * @throws if a URL is empty
   */
  public static ca(certificate: ICertificate, options: CaIssuerOptions = {}): IssuerSource {
    checkArguments('IssuerSource.ca', certificate, options);
    const { crlDistributionPoints, ocspServers = [], issuingCertificateUrls = [] } = options;
    for (const address of ocspServers) { requireText('ca issuer', 'ocspServers entry', address); }
    for (const address of issuingCertificateUrls) { requireText('ca issuer', 'issuingCertificateUrls entry', address); }
    const render = () => ({
      ca: {
        secretName: certificate.secretName,
        crlDistributionPoints,
        ocspServers: options.ocspServers,
        issuingCertificateUrLs: options.issuingCertificateUrls,
      },
    });
    return new RenderedSource(true, render, certificate);
  }

  /**
   * A Vault issuer: the PKI secrets engine of HashiCorp Vault.
   *
   * @throws if the server is not a URL, or if the path is not a sign endpoint
   */
  public static vault(options: VaultIssuerOptions): IssuerSource {
    checkArguments('IssuerSource.vault', options);
    const vault = renderVault(options);
    return new RenderedSource(true, () => ({ vault }));
  }

  /** A Venafi issuer: a CyberArk (Venafi) product. */
  public static venafi(options: VenafiIssuerOptions): IssuerSource {
    checkArguments('IssuerSource.venafi', options);
    const venafi = options.connection._toSpec(requireText('venafi issuer', 'zone', options.zone));
    return new RenderedSource(true, () => ({ venafi }));
  }

  /**
   * An ACME issuer, for example Let's Encrypt.
   *
   * @throws if the server is not a URL, or if `preferredChain` is longer than 64 characters
   */
  public static acme(options: AcmeIssuerOptions): IssuerSource {
    checkArguments('IssuerSource.acme', options);
    const acme = renderAcme(options);
    // cert-manager pkg/controller/certificaterequests/acme/acme.go returns only the chain, without a CA certificate.
    return new RenderedSource(false, (issuerName) => ({ acme: { ...acme, ...renderAccountKey(options, issuerName) } }));
  }

  /**
   * Whether the Secrets of its certificates contain `ca.crt`.
   */
  public abstract readonly providesCaCertificate: boolean;

  /**
   * The certificate of a CA issuer.
   *
   * @internal
   */
  public abstract readonly _caCertificate?: ICertificate;

  /** @internal */
  public abstract _toSpec(issuerName: string): IssuerSpec;
}

class RenderedSource extends IssuerSource {
  public constructor(
    public readonly providesCaCertificate: boolean,
    private readonly render: (issuerName: string) => IssuerSpec,
    public readonly _caCertificate?: ICertificate,
  ) {
    super();
  }

  public override _toSpec(issuerName: string): IssuerSpec {
    return this.render(issuerName);
  }
}
