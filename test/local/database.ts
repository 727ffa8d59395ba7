import { Client, type ClientConfig } from 'pg';
import { LocalCertManager } from './cert-manager';
import { LocalProcess } from './local-process';
import { find, type LocalSecret, type Manifest } from './manifests';
import { LocalPod, type LocalPodOptions } from './pod';

export interface DatabaseOptions extends Partial<Omit<LocalPodOptions, 'documents' | 'secrets'>> {
  readonly documents: readonly Manifest[];
  /** Secrets that people make: a CA's key pair, a password. */
  readonly secrets?: readonly LocalSecret[];
  /** The CA behind a ClusterIssuer that the documents only name. */
  readonly clusterIssuer?: { readonly name: string; readonly ca: LocalSecret };
  /** The CA behind an Issuer of a type that cannot run here, such as ACME. */
  readonly issuer?: { readonly name: string; readonly ca: LocalSecret };
  /** Statements for single-user mode before the server starts: what the reloader does over the socket where there is psql. */
  readonly prepare?: string;
}

/** A database of synthesized documents, running: its certificates issued, its pod laid out, initialised and started. */
export class LocalDatabase {
  static async start(options: DatabaseOptions): Promise<LocalDatabase> {
    const { documents, secrets = [], clusterIssuer, issuer, prepare, ...podOptions } = options;
    const certManager = new LocalCertManager(documents, secrets);
    if (clusterIssuer) { certManager.registerCa('ClusterIssuer', clusterIssuer.name, clusterIssuer.ca); }
    if (issuer) { certManager.registerCa('Issuer', issuer.name, issuer.ca); }
    const issued = await certManager.issueAll();
    const pod = await LocalPod.create({ documents, secrets: issued, major: majorOf(documents), ...podOptions });
    try {
      await succeed(pod.runInit('init'));
      if (prepare !== undefined) {
        const single = 'printf "%s\\n" "$0" | postgres --single -c config_file=/etc/postgresql/postgresql.conf postgres';
        await succeed(pod.exec('postgres', ['sh', '-c', single, prepare]));
      }
      return new LocalDatabase(pod, await pod.startServer(), certManager);
    } catch (error) {
      await pod.dispose();
      throw error;
    }
  }

  private constructor(readonly pod: LocalPod, public server: LocalProcess, readonly certManager: LocalCertManager) {}

  /** Logs in as `user` to the server `host`, runs a query and disconnects. */
  async ask<Row extends object>(sql: string, login: Login): Promise<Row[]> {
    const client = await this.connect(login);
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async connect({ host, certificate, trust, password, user = 'postgres', database = 'postgres', tls = true, address = '127.0.0.1' }: Login): Promise<Client> {
    const config: ClientConfig = { host: address, port: this.pod.port, user, database, password, connectionTimeoutMillis: 10_000 };
    const client = new Client({
      ...config,
      ssl: tls ? { ca: trust, cert: certificate?.data['tls.crt'], key: certificate?.data['tls.key'], servername: host } : false,
    });
    // A server that goes away is the test's business where it happens, not an unhandled event.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  /** Stops and starts the server as kubelet would, with the fsGroup walk in between. */
  async restart(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    await this.server.stop(signal);
    this.pod.remountClaims();
    await succeed(this.pod.runInit('init'));
    this.server = await this.pod.startServer();
  }

  async stop(): Promise<void> {
    await this.pod.dispose();
  }
}

/** How a client comes: verify-full to `host` unless `tls` is false. */
export interface Login {
  readonly host?: string;
  readonly certificate?: LocalSecret;
  /** PEM of the CAs that the client trusts. */
  readonly trust?: string;
  readonly password?: string;
  readonly user?: string;
  readonly database?: string;
  readonly tls?: boolean;
  /**
   * Address of this machine that it connects to, and so comes from.
   *
   * @default 127.0.0.1
   */
  readonly address?: string;
}

/** The major version that the documents were synthesized for. */
export function majorOf(documents: readonly Manifest[]): number {
  const { initContainers = [] } = find(documents, 'StatefulSet').spec.template.spec;
  return Number(initContainers[0]?.env?.find(({ name }) => name === 'POSTGRES_MAJOR')?.value);
}

async function succeed(run: Promise<{ code: number | null; stdout: string; stderr: string }>): Promise<void> {
  const { code, stdout, stderr } = await run;
  if (code !== 0) { throw new Error(`exited with ${code}:\n${stdout}${stderr}`); }
}
