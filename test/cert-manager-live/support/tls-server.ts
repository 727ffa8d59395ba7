import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { anyPort, LocalProcess, parseCertificates, postgresBinaries, servedCertificate, startOnFreePort, Watchdog } from '../../local';

/** Of the role `by_password`, which logs in with SCRAM. */
const PASSWORD = 'correct horse';

type Pem = Readonly<Record<string, string>>;

/** The result of a login: the role, or the message of psql. */
export type Login = { readonly user: string } | { readonly refusal: string };

/** A PostgreSQL that lets in whom a client certificate names, and that takes one set of TLS files after the other. */
export class TlsServer {
  static async start(first: Pem): Promise<TlsServer> {
    const root = mkdtempSync(join(tmpdir(), 'tls-server-'));
    chmodSync(root, 0o711);
    const server = new TlsServer(root);
    await server.initialise(first);
    return server;
  }

  private readonly watchdog: Watchdog;
  private process!: LocalProcess;
  private serverPort = anyPort();

  private constructor(private readonly root: string) {
    this.watchdog = new Watchdog(root);
  }

  get port(): number {
    return this.serverPort;
  }

  /** Shows the certificate of one Secret from now on, and trusts the CAs in `trust`. */
  async reload(secret: Pem, trust = secret['ca.crt']!): Promise<void> {
    this.write(secret, trust);
    const from = this.process.logs.length;
    this.process.signal('SIGHUP');
    const [wanted] = parseCertificates(secret['tls.crt']!);
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const served = await servedCertificate({ port: this.port, ca: secret['ca.crt'] });
      if (served.fingerprint256 === wanted!.fingerprint256) { return; }
      if (/not reloaded/.test(this.process.logs.slice(from))) { break; }
      await delay(100);
    }
    throw new Error(`PostgreSQL does not take the certificate: ${this.process.logs.slice(from)}`);
  }

  /** A login with verify-full to the host, by libpq. */
  login(host: string, role: string, client: Pem, trust = client['ca.crt']!): Promise<Login> {
    const files = mkdtempSync(join(tmpdir(), 'tls-client-'));
    const file = (name: string, text: string): string => {
      writeFileSync(join(files, name), text, { mode: 0o600 });
      return join(files, name);
    };
    const conninfo = [
      `host=${host}`, 'hostaddr=127.0.0.1', `port=${this.port}`, `user='${role}'`, 'dbname=postgres', 'sslmode=verify-full', 'gssencmode=disable', 'connect_timeout=10',
      `sslrootcert=${file('ca.crt', trust)}`, ...(client['tls.crt'] === undefined ? [] : [`sslcert=${file('tls.crt', client['tls.crt'])}`, `sslkey=${file('tls.key', client['tls.key']!)}`]),
    ].join(' ');
    return new Promise((resolve) => {
      execFile('psql', ['-X', '-A', '-t', '-w', conninfo, '-c', 'SELECT current_user'], { env: { ...process.env, PGPASSWORD: PASSWORD } }, (error, stdout, stderr) => {
        rmSync(files, { recursive: true });
        resolve(error ? { refusal: stderr.trim() } : { user: stdout.trim() });
      });
    });
  }

  /** Makes a role that may log in. */
  async addRoles(roles: readonly string[]): Promise<void> {
    const statements = roles.map((role) => `CREATE ROLE "${role}" LOGIN PASSWORD '${PASSWORD}';`).join('\n');
    execFileSync('psql', ['-X', '-q', '-w', `host=${this.root} port=${this.port} user=postgres dbname=postgres`, '-c', statements]);
  }

  async stop(): Promise<void> {
    await this.process.destroy();
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
    this.watchdog.dismiss();
  }

  private async initialise(first: Pem): Promise<void> {
    const { binDir, libDir } = postgresBinaries(18);
    const user = unprivileged();
    const data = join(this.root, 'data');
    mkdirSync(data, { mode: 0o700 });
    mkdirSync(join(this.root, 'tls'), { mode: 0o700 });
    for (const directory of [this.root, data, join(this.root, 'tls')]) { if (user) { chownSync(directory, user.uid, user.gid); } }
    const env = { LD_LIBRARY_PATH: libDir, PATH: process.env['PATH']!, LC_ALL: 'C' };
    execFileSync(join(binDir, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'], { env, cwd: '/', stdio: 'pipe', ...user });
    this.write(first, first['ca.crt']!);
    const settings = () => Object.entries({
      ssl: 'on', ssl_cert_file: this.tls('tls.crt'), ssl_key_file: this.tls('tls.key'), ssl_ca_file: this.tls('ca.crt'), hba_file: join(this.root, 'tls/pg_hba.conf'),
      listen_addresses: '127.0.0.1', port: String(this.port), unix_socket_directories: this.root, fsync: 'off', log_min_messages: 'info',
    }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    this.put('pg_hba.conf', 'local all postgres trust\nhostssl all by_password all scram-sha-256\nhostssl all all all cert\n');
    const server = () => new LocalProcess({ command: [join(binDir, 'postgres'), '-D', data, ...settings()], env, cwd: '/', user, watchdog: this.watchdog });
    this.process = await startOnFreePort(server, () => { this.serverPort = anyPort(); }, 20_000);
  }

  private tls(name: string): string {
    return join(this.root, 'tls', name);
  }

  private write(secret: Pem, trust: string): void {
    this.put('tls.crt', secret['tls.crt']!);
    this.put('tls.key', secret['tls.key']!);
    this.put('ca.crt', trust);
  }

  private put(name: string, text: string): void {
    writeFileSync(this.tls(name), text, { mode: 0o600 });
    const user = unprivileged();
    if (user) { chownSync(this.tls(name), user.uid, user.gid); }
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) { return undefined; }
  const [uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))!.slice(1).map(Number);
  return { uid: uid!, gid: gid! };
}
