import { checkArguments } from '../../checks';
import { CaBundle } from '../ca-bundle';
import type { IssuerSpecAcme } from '../../../imports/cert-manager.io';

/** How cert-manager verifies the certificate of an ACME server that no public authority vouches for. */
export class AcmeServerTrust {
  /**
   * It must come from one of these authorities.
   *
   * @param pem one or more certificates in PEM
   */
  public static pem(pem: string): AcmeServerTrust {
    checkArguments('AcmeServerTrust.pem', pem);
    return new AcmeServerTrust({ caBundle: CaBundle.pem(pem)._base64 });
  }

  /** Any certificate will do; whoever is on the way can then read and change what is issued. For tests. */
  public static unverified(): AcmeServerTrust {
    return new AcmeServerTrust({ skipTlsVerify: true });
  }

  private constructor(private readonly spec: Pick<IssuerSpecAcme, 'caBundle' | 'skipTlsVerify'>) {}

  /** @internal */
  public _toSpec(): Pick<IssuerSpecAcme, 'caBundle' | 'skipTlsVerify'> {
    return this.spec;
  }
}
