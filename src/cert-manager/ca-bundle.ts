import { SecretValue } from 'cdk8s-plus-27';
import { checkArguments } from '../checks';
import { holdsCertificate } from '../formats';

/** CA certificates with which cert-manager verifies the server of an issuer. */
export class CaBundle {
  /**
   * CA certificates in the manifest.
   *
   * @param pem one or more CA certificates in PEM
   * @throws if the text contains no certificate
   */
  public static pem(pem: string): CaBundle {
    checkArguments('CaBundle.pem', pem);
    if (!holdsCertificate(pem)) {
      throw new Error(`ca bundle: no certificate in the given text of ${pem.length} characters; give certificates in PEM, including the BEGIN CERTIFICATE line`);
    }
    return new CaBundle(Buffer.from(pem).toString('base64'), undefined);
  }

  /**
   * CA certificates in a Secret.
   *
   * @param bundle the Secret key that holds them in PEM
   */
  public static secret(bundle: SecretValue): CaBundle {
    checkArguments('CaBundle.secret', bundle);
    return new CaBundle(undefined, bundle);
  }

  private constructor(
    /** @internal */
    public readonly _base64: string | undefined,
    /** @internal */
    public readonly _secret: SecretValue | undefined,
  ) {}
}
