import { SecretValue } from 'cdk8s-plus-27';
import { checkArguments, objectName } from '../../checks';
import type { IssuerSpecAcme } from '../../../imports/cert-manager.io';

/** Where the private key of an ACME account comes from. Whoever holds it can issue and revoke in the account's name. */
export class AcmeAccountKey {
  /**
   * cert-manager makes the key and keeps it in a Secret under `tls.key`.
   *
   * @param secretName name of the Secret; without one it is the issuer's name followed by `-account-key`
   */
  public static generated(secretName?: string): AcmeAccountKey {
    checkArguments('AcmeAccountKey.generated', secretName);
    return new AcmeAccountKey(secretName === undefined ? undefined : objectName('acme account key', 'secretName', secretName), undefined);
  }

  /**
   * The key exists already; the issuer is not ready without it.
   *
   * @param key the Secret key that holds an RSA key in PEM
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
