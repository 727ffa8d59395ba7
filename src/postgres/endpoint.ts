import { isIP } from 'node:net';
import { checkArguments } from '../checks';

/** A host and port at which the database answers. */
export class PostgresEndpoint {
  /** `host:port`; an IPv6 address stands in brackets. */
  public readonly socketAddress: string;

  public constructor(
    /** Host name. */
    public readonly host: string,
    /** TCP port. */
    public readonly port: number,
  ) {
    checkArguments('PostgresEndpoint', host, port);
    this.socketAddress = isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
  }
}
