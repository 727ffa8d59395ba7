import { AcmeIssuerOptions } from './acme/acme-issuer-options';
import { renderAccountKey, renderAcme } from './acme/acme-spec';
import { ICertificate } from './certificate-ref';
import { CaIssuerOptions, SelfSignedIssuerOptions } from './issuer-options';
import { VaultIssuerOptions } from './vault/vault-issuer-options';
import { renderVault } from './vault/vault-spec';
import { VenafiIssuerOptions } from './venafi/venafi-issuer-options';
import { checkArguments, requireText } from '../checks';
import type { IssuerSpec } from '../../imports/cert-manager.io';

/**
 * Where an Issuer or ClusterIssuer gets its signatures from: exactly one kind of source, as cert-manager demands.
 */
export abstract class IssuerSource {
  /**
   * Every certificate signs itself. Use it for the certificate of an authority only: two self-signed leaves never trust each
   * other.
   */
  public static selfSigned(options: SelfSignedIssuerOptions = {}): IssuerSource {
    checkArguments('IssuerSource.selfSigned', options);
    const { crlDistributionPoints } = options;
    return new RenderedSource(true, () => ({ selfSigned: { crlDistributionPoints } }));
  }

  /**
   * An authority whose key pair is in a Secret.
   *
   * @param certificate the authority's certificate: one of this app, or `Certificate.fromSecretName` for a Secret made elsewhere
   * @param options what to write into the issued certificates
   */
  public static ca(certificate: ICertificate, options: CaIssuerOptions = {}): IssuerSource {
    checkArguments('IssuerSource.ca', certificate, options);
    const { crlDistributionPoints, ocspServers = [], issuingCertificateUrls = [] } = options;
    for (const address of ocspServers) { requireText('ca issuer', 'ocspServers entry', address); }
    for (const address of issuingCertificateUrls) { requireText('ca issuer', 'issuingCertificateUrls entry', address); }
    return new RenderedSource(true, () => ({
      ca: {
        secretName: certificate.secretName,
        crlDistributionPoints,
        ocspServers: options.ocspServers,
        issuingCertificateUrLs: options.issuingCertificateUrls,
      },
    }));
  }

  /** The PKI engine of HashiCorp Vault. */
  public static vault(options: VaultIssuerOptions): IssuerSource {
    checkArguments('IssuerSource.vault', options);
    const vault = renderVault(options);
    return new RenderedSource(true, () => ({ vault }));
  }

  /** A CyberArk (Venafi) product. */
  public static venafi(options: VenafiIssuerOptions): IssuerSource {
    checkArguments('IssuerSource.venafi', options);
    const venafi = options.connection._toSpec(requireText('venafi issuer', 'zone', options.zone));
    return new RenderedSource(true, () => ({ venafi }));
  }

  /** An ACME server, such as a public authority. */
  public static acme(options: AcmeIssuerOptions): IssuerSource {
    checkArguments('IssuerSource.acme', options);
    const acme = renderAcme(options);
    // cert-manager pkg/controller/certificaterequests/acme/acme.go returns the chain alone, never an authority.
    return new RenderedSource(false, (issuerName) => ({ acme: { ...acme, ...renderAccountKey(options, issuerName) } }));
  }

  /**
   * Whether the Secrets of this source's certificates hold `ca.crt`.
   */
  public abstract readonly providesCaCertificate: boolean;

  /** @internal */
  public abstract _toSpec(issuerName: string): IssuerSpec;
}

class RenderedSource extends IssuerSource {
  public constructor(public readonly providesCaCertificate: boolean, private readonly render: (issuerName: string) => IssuerSpec) {
    super();
  }

  public override _toSpec(issuerName: string): IssuerSpec {
    return this.render(issuerName);
  }
}
