import { SecretValue } from 'cdk8s-plus-27';
import { checkArguments } from '../checks';
import { holdsCertificate } from '../formats';

/** Certificates of authorities that cert-manager trusts when it talks to the server of an issuer. */
export class CaBundle {
  /**
   * Certificates that are no secret and stand in the manifest.
   *
   * @param pem one or more certificates in PEM
   */
  public static pem(pem: string): CaBundle {
    checkArguments('CaBundle.pem', pem);
    if (!holdsCertificate(pem)) {
      throw new Error(`ca bundle: no certificate in the given text of ${pem.length} characters; give certificates in PEM, 'BEGIN CERTIFICATE' and all`);
    }
    return new CaBundle(Buffer.from(pem).toString('base64'), undefined);
  }

  /**
   * Certificates in a Secret.
   *
   * @param bundle the key of the Secret that holds them in PEM
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
