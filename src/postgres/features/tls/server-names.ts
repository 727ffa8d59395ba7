import { checkArguments } from '../../../checks';

/** The host names and addresses on the certificate of a server. */
export class ServerNames {
  /**
   * These names in addition to those inside the cluster: those of the database's Services and pods, `localhost` and the loopback addresses.
   *
   * @param names host names, with a wildcard as the first label if needed, and IP addresses
   */
  public static also(names: string[]): ServerNames {
    checkArguments('ServerNames.also', names);
    return new ServerNames(false, names);
  }

  /**
   * Only these names, as for a public CA, which signs no names inside a cluster. The first one without a wildcard is the name for clients
   * (`Postgres.endpoint`): something must resolve it to the database's Service, for example external-dns. Inside the pod it resolves to the server.
   *
   * @param names host names, with a wildcard as the first label if needed, and IP addresses
   */
  public static only(names: string[]): ServerNames {
    checkArguments('ServerNames.only', names);
    return new ServerNames(true, names);
  }

  private constructor(
    /** Whether the certificate has no other names. */
    public readonly isExclusive: boolean,
    /** Host names and IP addresses, in the given order. */
    public readonly names: string[],
  ) {}
}
