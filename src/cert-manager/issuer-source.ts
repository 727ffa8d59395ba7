import { ICertificate } from './certificate-ref';
import { CaIssuerOptions, SelfSignedIssuerOptions } from './issuer-options';
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
    return new SelfSignedSource(options);
  }

  /**
   * An authority whose key pair is in a Secret.
   *
   * @param certificate the authority's certificate: one of this app, or `Certificate.fromSecretName` for a Secret made elsewhere
   * @param options what to write into the issued certificates
   */
  public static ca(certificate: ICertificate, options: CaIssuerOptions = {}): IssuerSource {
    return new CaSource(certificate, options);
  }

  /**
   * Whether the Secrets of this source's certificates hold `ca.crt`.
   */
  public abstract readonly providesCaCertificate: boolean;

  /** @internal */
  public abstract _toSpec(): IssuerSpec;
}

class SelfSignedSource extends IssuerSource {
  public readonly providesCaCertificate = true;

  public constructor(private readonly options: SelfSignedIssuerOptions) {
    super();
  }

  public override _toSpec(): IssuerSpec {
    return { selfSigned: { crlDistributionPoints: this.options.crlDistributionPoints } };
  }
}

class CaSource extends IssuerSource {
  public readonly providesCaCertificate = true;

  public constructor(private readonly certificate: ICertificate, private readonly options: CaIssuerOptions) {
    super();
  }

  public override _toSpec(): IssuerSpec {
    return {
      ca: {
        secretName: this.certificate.secretName,
        crlDistributionPoints: this.options.crlDistributionPoints,
        ocspServers: this.options.ocspServers,
        issuingCertificateUrLs: this.options.issuingCertificateUrls,
      },
    };
  }
}
