import { Size, Testing } from 'cdk8s';
import { AccessMethod, AccessRule, CertificateAuthority, Postgres, PostgresStorage, PostgresVersion, SuperuserAccess } from '../../../src';
import { LocalDatabase, type IssueOverrides, type LocalSecret, type Login } from '../../local';
import { eventually } from '../../support/eventually';
import { chartIn } from '../../support/tree';

/** A role by certificate: every character that a syntax of connection strings could mistake. */
export const ROLE = 'o\'r "d\\e;r=s& é%41+#?/@:,{}$(X)';

/** Its database, and one whose name node-postgres can hold. */
export const DATABASE = 'd\'b "x\\y;z=& é%41+#?/@:,{}$(X)';
export const DATABASE_OF_NODE = 'd\'b "x\\y;z=& é%41+/@:,{}$(X)';

/** A role by password. */
export const PASSWORD_ROLE = 'pass word';
export const PASSWORD = 'p\'a "s\\s;w=o&r é%41+#?/@:,{}$(X)';

/** Three servers on this machine: the one that is meant, one with another name on a certificate of the same CA, one with a certificate of another CA. */
export class DriverServers {
  public static async start(): Promise<DriverServers> {
    const chart = chartIn();
    const users = [PASSWORD_ROLE];
    new Postgres(chart, 'db', {
      version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), superuserAccess: SuperuserAccess.certificate(),
      tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, accessRules: [AccessRule.hostssl({ users, method: AccessMethod.scram() })],
    });
    const documents = Testing.synth(chart);
    const [right, elsewhere, stranger] = await Promise.all([0, 1, 2].map(() => LocalDatabase.start({ documents })));
    const servers = new DriverServers(right!, elsewhere!, stranger!);
    try {
      await servers.prepare();
      return servers;
    } catch (error) {
      await servers.stop();
      throw error;
    }
  }

  private constructor(public readonly right: LocalDatabase, public readonly elsewhere: LocalDatabase, public readonly stranger: LocalDatabase) {}

  /** PEM of the CA that clients trust. */
  public get ca(): string {
    return this.right.certManager.secret('db-server-cert').data['ca.crt']!;
  }

  /** A client certificate of the role. */
  public certificate(overrides: IssueOverrides = {}): Promise<LocalSecret> {
    return this.right.certManager.issue('db-client-cert', { commonName: ROLE, additionalOutputFormats: [{ type: 'DER' }], ...overrides });
  }

  public async stop(): Promise<void> {
    await Promise.all([this.right, this.elsewhere, this.stranger].map((server) => server.stop()));
  }

  private async prepare(): Promise<void> {
    const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
    const superuser: Login = { host: 'db.demo.svc', certificate: this.right.certManager.secret('db-client-cert'), trust: this.ca };
    await this.right.ask(`CREATE ROLE ${identifier(ROLE)} LOGIN`, superuser);
    await this.right.ask(`CREATE ROLE ${identifier(PASSWORD_ROLE)} LOGIN PASSWORD '${PASSWORD.replaceAll("'", "''")}'`, superuser);
    for (const name of [DATABASE, DATABASE_OF_NODE]) { await this.right.ask(`CREATE DATABASE ${identifier(name)}`, superuser); }
    this.elsewhere.pod.updateSecret({
      ...await this.right.certManager.issue('db-server-cert', { dnsNames: ['db.elsewhere.svc'], ipAddresses: [], commonName: 'db.elsewhere.svc' }), name: 'db-server-cert',
    });
    // It accepts the certificates of the clients too, so that its name alone is wrong.
    this.elsewhere.pod.updateSecret(this.right.certManager.secret('db-client-ca-key-pair'));
    this.elsewhere.server.signal('SIGHUP');
    await eventually(() => this.elsewhere.connect({ ...superuser, host: 'db.elsewhere.svc' }).then((client) => client.end()));
  }
}
