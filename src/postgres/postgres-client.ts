import { ClientPassword } from './features/clients/client-password';
import type { IPostgres } from './postgres-ref';
import { ICertificate } from '../cert-manager';

/** A declared client of a database: its role, its databases and its certificate. `Postgres.addClient` makes it. */
export class PostgresClient {
  /** @internal */
  public static _of(db: IPostgres, name: string, databases: ReadonlyArray<string>, certificate: ICertificate | undefined, password?: ClientPassword): PostgresClient {
    return new PostgresClient(db, name, databases[0] ?? name, [...databases], certificate, password);
  }

  /** The role that it logs in as: its name. */
  public readonly role: string;

  private constructor(
    /** The server. */
    public readonly db: IPostgres,
    /** Name of the client. */
    public readonly name: string,
    /** The first of its databases. */
    public readonly database: string,
    /** All of its databases. */
    public readonly databases: string[],
    /**
     * Its certificate, in the namespace of the server.
     *
     * @default - none if it logs in with a password, if it is absent, or without TLS
     */
    public readonly certificate?: ICertificate,
    /**
     * Its password, in the namespace of the server.
     *
     * @default - none if it logs in with its certificate, or if it is absent
     */
    public readonly password?: ClientPassword,
  ) {
    this.role = name;
  }
}
