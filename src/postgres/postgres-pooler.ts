import type { IPostgres } from './postgres-ref';
import { PostgresEndpoint } from './endpoint';
import { POSTGRES_PORT } from './plan/layout';

/** A connection pooler of a database: PgBouncer. `Postgres.addPooler` makes it; `client.connect(workload, { through: pooler })` connects through it. */
export class PostgresPooler {
  /** @internal */
  public static _of(db: IPostgres, name: string, host: string): PostgresPooler {
    return new PostgresPooler(db, name, new PostgresEndpoint(host, POSTGRES_PORT));
  }

  private constructor(
    /** The database. */
    public readonly db: IPostgres,
    /** Name of the pooler; its Service and Deployment have that of the database before it. */
    public readonly name: string,
    /** Host and port for clients: the full name of its Service, which is on its certificate. */
    public readonly endpoint: PostgresEndpoint,
  ) {}
}
