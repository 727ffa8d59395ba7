import { checkArguments } from '../checks';
import { hostAndPort } from '../postgresql';

/** Host and port of the database. */
export class PostgresEndpoint {
  /** `host:port`; an IPv6 address is in brackets. */
  public readonly socketAddress: string;

  public constructor(
    /** Host name. */
    public readonly host: string,
    /** TCP port. */
    public readonly port: number,
  ) {
    checkArguments('PostgresEndpoint', host, port);
    this.socketAddress = hostAndPort(host, port);
  }
}
