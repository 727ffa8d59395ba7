import { SecretValue } from 'cdk8s-plus-27';
import { checkArguments, objectName } from '../../checks';
import type { IssuerSpecAcme } from '../../../imports/cert-manager.io';

/** Source of the private key of an ACME account. Everyone who has the key can issue and revoke certificates for the account. */
export class AcmeAccountKey {
  /**
   * cert-manager generates the key and stores it in a Secret under `tls.key`.
   *
   * @param secretName name of the Secret; default: the name of the issuer followed by `-account-key`
   */
  public static generated(secretName?: string): AcmeAccountKey {
    checkArguments('AcmeAccountKey.generated', secretName);
    return new AcmeAccountKey(secretName === undefined ? undefined : objectName('acme account key', 'secretName', secretName), undefined);
  }

  /**
   * An existing key; without it the issuer does not become Ready.
   *
   * @param key the Secret key that holds an RSA private key in PEM
   */
  public static existing(key: SecretValue): AcmeAccountKey {
    checkArguments('AcmeAccountKey.existing', key);
    return new AcmeAccountKey(key.secret.name, key.key);
  }

  private constructor(private readonly secretName: string | undefined, private readonly key: string | undefined) {}

  /** @internal */
  public _toSpec(issuerName: string): Pick<IssuerSpecAcme, 'privateKeySecretRef' | 'disableAccountKeyGeneration'> {
    return {
      privateKeySecretRef: { name: this.secretName ?? `${issuerName}-account-key`, key: this.key },
      disableAccountKeyGeneration: this.key === undefined ? undefined : true,
    };
  }
}
