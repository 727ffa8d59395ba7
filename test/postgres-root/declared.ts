import { App, Chart, Testing } from 'cdk8s';
import { CertificateAuthority, Postgres, PostgresProps, PostgresStorage, PostgresVersion } from '../../src';
import { find, LocalDatabase, LocalProcess, type DatabaseOptions, type LocalSecret, Login, Manifest } from '../local';
import { chartIn } from '../support/tree';
import { VERSIONS } from '../support/versions';
import { asInTheImage, busyBox, POSTGRES } from './support';

/** Images of Alpine have the shell and the tools of BusyBox. */
export const SERVERS: { title: string; version: PostgresVersion; options: DeclaredOptions }[] = [
  ...VERSIONS.map((version) => ({ title: `PostgreSQL ${version.major}`, version, options: {} })),
  { title: 'PostgreSQL 18 with BusyBox', version: PostgresVersion.V18, options: { busyBox: true } },
];

/** A server with its reloader, whose declarations can be changed while it runs. */
export class Declared {
  static async start(version: PostgresVersion, declare: Declare, options: DeclaredOptions = {}): Promise<Declared> {
    const documents = documentsOf(version, declare, options.props);
    const { containers } = find(documents, 'StatefulSet').spec.template.spec;
    containers.find(({ name }) => name === 'reloader')!.env!.push({ name: 'CHECK_INTERVAL', value: '3' });
    const imageEnv = options.busyBox === true ? busyBox(version.major) : undefined;
    const database = await LocalDatabase.start({ documents, secrets: options.secrets, imageEnv, runAs: POSTGRES, wrapper: asInTheImage() });
    return new Declared(version, options.props ?? {}, database, database.pod.start('reloader'));
  }

  private constructor(readonly version: PostgresVersion, readonly props: Partial<PostgresProps>, readonly database: LocalDatabase, readonly reloader: LocalProcess) {}

  /** Waits until a log line of the reloader that matches is written. */
  async logs(pattern: RegExp, from = 0): Promise<void> {
    await this.reloader.waitFor(pattern, 45_000, from);
  }

  private changes = 0;

  /** Puts the ConfigMap of other declarations in place, and returns where the log was then. One that is the same is a new one all the same. */
  change(declare: Declare): number {
    const seen = this.reloader.logs.length;
    const configMap = find(documentsOf(this.version, declare, this.props), 'ConfigMap', 'db-config');
    this.changes += 1;
    this.database.pod.updateConfigMap({ ...configMap, data: { ...configMap.data, change: String(this.changes) } });
    return seen;
  }

  async declare(declare: Declare): Promise<void> {
    await this.logs(/reloaded, serving/, this.change(declare));
  }

  /** What the superuser reads inside the pod. */
  async inPod(sql: string, database = 'postgres'): Promise<string> {
    const { code, stdout, stderr } = await this.database.pod.exec('reloader', ['psql', '-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1', '-d', database, '-c', sql].map((word) => word.replaceAll('$', '$$$$')));
    if (code !== 0) { throw new Error(stderr); }
    return stdout.trim();
  }

  async login(user: string, database: string, by: Partial<Login> = {}): Promise<Login> {
    const certificate = by.password === undefined && by.certificate === undefined ? await this.certificate(user) : by.certificate;
    return { host: 'db.demo.svc', trust: this.database.certManager.secret('db-server-cert').data['ca.crt'], user, database, ...by, certificate };
  }

  /** A certificate of the client CA for a role. */
  certificate(commonName: string): Promise<LocalSecret> {
    return this.database.certManager.issue('db-client-orders-cert', { commonName });
  }

  async ask<Row extends object>(user: string, database: string, sql: string, by: Partial<Login> = {}): Promise<Row[]> {
    return this.database.ask<Row>(sql, await this.login(user, database, by));
  }

  /** `ok`, or the message of the error. */
  async tries(user: string, database: string, sql: string, by: Partial<Login> = {}): Promise<string> {
    return this.ask(user, database, sql, by).then(() => 'ok', (error: Error) => error.message);
  }

  /** Every row that declarations could change, with the transaction that wrote it, and the next transaction id. */
  async state(databases: readonly string[]): Promise<string[]> {
    const rows = (tables: readonly string[]) => `${tables.map((table) => `SELECT '${table}', xmin::text, ctid::text FROM ${table}`).join(' UNION ALL ')} ORDER BY 1, 3`;
    const states = [await this.inPod(rows(['pg_authid', 'pg_database', 'pg_auth_members', 'pg_db_role_setting']))];
    for (const database of databases) { states.push(await this.inPod(rows(['pg_namespace', 'pg_class', 'pg_proc', 'pg_default_acl', 'pg_extension']), database)); }
    return [...states, await this.inPod('SELECT pg_snapshot_xmax(pg_current_snapshot())')];
  }

  stop(): Promise<void> {
    return this.database.stop();
  }
}

export type Declare = (db: Postgres, chart: Chart) => void;

export interface DeclaredOptions extends Pick<DatabaseOptions, 'secrets'> {
  /** The shell and the tools of the image are those of BusyBox. */
  readonly busyBox?: boolean;
  readonly props?: Partial<PostgresProps>;
}

/** The documents of a database `db` with declarations. */
export function documentsOf(version: PostgresVersion, declare: Declare, props: Partial<PostgresProps> = {}): Manifest[] {
  const chart = chartIn('demo', 'chart', new App());
  const db = new Postgres(chart, 'db', {
    version, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, storage: PostgresStorage.ephemeral(),
    // Nothing but the declarations takes a transaction id.
    parameters: { autovacuum: 'off' }, ...props,
  });
  declare(db, chart);
  return Testing.synth(chart);
}
