import { ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../../../checks';

/** A key of a Secret in the namespace of the database: pods mount it, no manifest contains its value. */
export class BackupSecret {
  /**
   * A key of a Secret.
   *
   * @param secret the Secret
   * @param key the key whose value is used, without a newline at its end
   */
  public static fromSecret(secret: ISecret, key: string): BackupSecret {
    checkArguments('BackupSecret.fromSecret', secret, key);
    return new BackupSecret(secret.name, key);
  }

  /**
   * A key of a Secret that has this name.
   *
   * @param name the name of the Secret
   * @param key the key whose value is used, without a newline at its end
   */
  public static fromSecretName(name: string, key: string): BackupSecret {
    checkArguments('BackupSecret.fromSecretName', name, key);
    return new BackupSecret(name, key);
  }

  private constructor(
    /** Name of the Secret. */
    public readonly secretName: string,
    /** Key of the Secret. */
    public readonly key: string,
  ) {}
}
