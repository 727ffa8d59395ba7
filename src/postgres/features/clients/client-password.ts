import { ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../../../checks';

/** The password of a client that cannot log in with a certificate. */
export class ClientPassword {
  /**
   * A key of a Secret in the namespace of the database, which the pod waits for. A change of the Secret changes the password. Only the reloader's
   * container mounts it, and psql computes the SCRAM verifier there: no manifest, statement or log contains the password.
   *
   * @param secret the Secret
   * @param key the key with the password, in one line
   */
  public static fromSecret(secret: ISecret, key: string = 'password'): ClientPassword {
    checkArguments('ClientPassword.fromSecret', secret, key);
    return new ClientPassword(secret.name, key);
  }

  private constructor(
    /** Name of the Secret. */
    public readonly secretName: string,
    /** Key of the Secret. */
    public readonly key: string,
  ) {}
}
