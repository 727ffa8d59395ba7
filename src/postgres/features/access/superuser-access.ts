import { ISecret } from 'cdk8s-plus-27';
import { checkArguments } from '../../../checks';

/** Restrictions of the superuser's network access. */
export interface SuperuserAccessOptions {
  /**
   * Networks in CIDR notation, or the keywords `samehost` and `samenet`.
   *
   * @default - every network that the NetworkPolicy allows
   */
  readonly addresses?: string[];

  /**
   * Whether replication connections are allowed too, as `pg_basebackup` opens them.
   *
   * @default false
   */
  readonly replication?: boolean;
}

/**
 * How the superuser `postgres` logs in over the network. It can read every file and run programs in the pod. From inside the pod it can always log in,
 * over the socket: `kubectl exec NAME-0 --container reloader -- psql`.
 */
export class SuperuserAccess {
  /** No network access: from inside the pod only. */
  public static local(): SuperuserAccess {
    return new SuperuserAccess('local', {});
  }

  /** With the client certificate in the Secret `<name>-client-cert`, which is then issued. Requires TLS. */
  public static certificate(options: SuperuserAccessOptions = {}): SuperuserAccess {
    checkArguments('SuperuserAccess.certificate', options);
    return new SuperuserAccess('certificate', options);
  }

  /**
   * With the password in a Secret, which the pod waits for. A change of the Secret changes the password.
   *
   * @param secret the Secret with the key `password`; by default the one with the name of the database followed by `-auth`
   * @param options restrictions
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
     * @default - the name of the database followed by `-auth`, if a password is used
     */
    public readonly secretName?: string,
  ) {}
}
