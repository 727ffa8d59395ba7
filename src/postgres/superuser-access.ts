import { ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../checks';

/** From where the superuser may come over the network. */
export interface SuperuserAccessOptions {
  /**
   * Networks in CIDR notation, or the words `samehost` and `samenet`.
   *
   * @default - every network that the NetworkPolicy admits
   */
  readonly addresses?: string[];

  /**
   * Whether it may open replication connections too, as `pg_basebackup` does.
   *
   * @default false
   */
  readonly replication?: boolean;
}

/**
 * How `postgres`, who can read every file and run programs in the pod, logs in over the network. From inside the pod it always can, over the
 * socket: `kubectl exec NAME-0 --container reloader -- psql`.
 */
export class SuperuserAccess {
  /** Not at all: from inside the pod alone. */
  public static local(): SuperuserAccess {
    return new SuperuserAccess('local', {});
  }

  /** With the certificate of the Secret `<name>-client-cert`, which is then issued. Needs TLS. */
  public static certificate(options: SuperuserAccessOptions = {}): SuperuserAccess {
    checkArguments('SuperuserAccess.certificate', options);
    return new SuperuserAccess('certificate', options);
  }

  /**
   * With the password in a Secret, which the pod waits for. It is set at every change of the Secret.
   *
   * @param secret the Secret whose key `password` is the password; the one named after the database followed by `-auth` unless given
   * @param options from where
   */
  public static password(secret?: ISecret, options: SuperuserAccessOptions = {}): SuperuserAccess {
    checkArguments('SuperuserAccess.password', secret, options);
    return new SuperuserAccess('password', options, secret?.name);
  }

  private constructor(
    /** `local`, `certificate` or `password`. */
    public readonly by: string,
    /** @internal */
    public readonly _options: SuperuserAccessOptions,
    /**
     * Name of the Secret with the password.
     *
     * @default - the one named after the database followed by `-auth`, where a password is used
     */
    public readonly secretName?: string,
  ) {}
}
