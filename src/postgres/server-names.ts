import { checkArguments } from '../checks';

/** The host names and addresses on the certificate of a server. */
export class ServerNames {
  /**
   * These beside the names inside the cluster: those of the database's Services and pods, `localhost` and the loopback addresses.
   *
   * @param names host names, a wildcard as its first label permitted, and IP addresses
   */
  public static also(names: string[]): ServerNames {
    checkArguments('ServerNames.also', names);
    return new ServerNames(false, names);
  }

  /**
   * These and no others, as a public CA demands, which signs for nothing inside a cluster. The first that is no wildcard is where clients connect
   * (`Postgres.endpoint`): something has to resolve it to the database's Service, external-dns for example. Inside the pod it leads to the server.
   *
   * @param names host names, a wildcard as its first label permitted, and IP addresses
   */
  public static only(names: string[]): ServerNames {
    checkArguments('ServerNames.only', names);
    return new ServerNames(true, names);
  }

  private constructor(
    /** Whether the certificate has no other names. */
    public readonly isExclusive: boolean,
    /** Host names and IP addresses, in the order in which they were given. */
    public readonly names: string[],
  ) {}
}
