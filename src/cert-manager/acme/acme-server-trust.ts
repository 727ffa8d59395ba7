import { checkArguments } from '../../checks';
import { CaBundle } from '../ca-bundle';
import type { IssuerSpecAcme } from '../../../imports/cert-manager.io';

/** How cert-manager verifies the certificate of an ACME server that is not issued by a public CA. */
export class AcmeServerTrust {
  /**
   * Verifies the certificate with these CA certificates.
   *
   * @param pem one or more CA certificates in PEM
   * @throws if the text contains no certificate
   */
  public static pem(pem: string): AcmeServerTrust {
    checkArguments('AcmeServerTrust.pem', pem);
    return new AcmeServerTrust({ caBundle: CaBundle.pem(pem)._base64 });
  }

  /** Does not verify the certificate. Everyone on the network path can then read and change what is issued. For tests only. */
  public static unverified(): AcmeServerTrust {
    return new AcmeServerTrust({ skipTlsVerify: true });
  }

  private constructor(private readonly spec: Pick<IssuerSpecAcme, 'caBundle' | 'skipTlsVerify'>) {}

  /** @internal */
  public _toSpec(): Pick<IssuerSpecAcme, 'caBundle' | 'skipTlsVerify'> {
    return this.spec;
  }
}
