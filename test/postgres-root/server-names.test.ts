import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { publicName } from '../../examples/public-name';
import { Postgres } from '../../src';
import { createCa, LocalDatabase, type LocalSecret, type Manifest, parseCertificates, servedCertificate } from '../local';
import { asInTheImage, demandSystem, POSTGRES } from './support';

demandSystem();

// examples/public-name.ts on a real server, with a CA of the test behind the ACME issuer: it signs the one name and gives no ca.crt.
let chart: Chart;
let documents: Manifest[];
let ca: LocalSecret;
let database: LocalDatabase;
let folder: string;

beforeAll(async () => {
  const app = new App();
  chart = publicName(app);
  ca = await createCa('acme-root');
  documents = [
    ...parseAllDocuments(app.synthYaml()).map((document) => document.toJS() as Manifest),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'public-cas', namespace: 'orders' }, data: { 'ca.crt': ca.data['tls.crt']! } } as Manifest,
  ];
  database = await LocalDatabase.start({
    documents, issuer: { name: 'letsencrypt', ca }, prepare: 'CREATE ROLE reports LOGIN', runAs: POSTGRES, wrapper: asInTheImage(documents),
  });
  const client = database.certManager.secret('reports-client');
  folder = mkdtempSync(join(tmpdir(), 'client-'));
  for (const [name, text] of Object.entries({ 'root.crt': ca.data['tls.crt']!, 'tls.crt': client.data['tls.crt']!, 'tls.key': client.data['tls.key']! })) {
    writeFileSync(join(folder, name), text);
  }
  chmodSync(join(folder, 'tls.key'), 0o600);
  await database.pod.start('reloader').waitFor(/reloaded, serving/);
});

afterAll(async () => {
  await database?.stop();
  if (folder) { rmSync(folder, { recursive: true, force: true }); }
});

/** The result of libpq for a client that verifies the host, with the address of the test server. */
function psql(host: string): Promise<string> {
  const conninfo = `host=${host} hostaddr=127.0.0.1 port=${database.pod.port} user=reports dbname=postgres sslmode=verify-full `
    + `sslrootcert=${folder}/root.crt sslcert=${folder}/tls.crt sslkey=${folder}/tls.key`;
  return new Promise((resolve) => {
    execFile('psql', ['-X', '-A', '-t', conninfo, '-c', 'SELECT current_user, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'], (error, stdout, stderr) => { resolve(error ? stderr : stdout.trim()); });
  });
}

test('the server shows the one name and nothing of the cluster', async () => {
  const { data } = database.certManager.secret('orders-db-server-cert');
  const [certificate] = parseCertificates(data['tls.crt']!);
  expect((await servedCertificate({ port: database.pod.port })).serialNumber).toBe(certificate!.serialNumber);
  expect(certificate!.subjectAltName).toBe('DNS:orders-db.example.com');
  expect(Object.keys(data).sort()).toEqual(['tls.crt', 'tls.key']);
});

test('a client that verifies the host can connect by the host of the endpoint', async () => {
  const { endpoint } = chart.node.findChild('orders-db') as Postgres;
  expect(endpoint.socketAddress).toBe('orders-db.example.com:5432');
  expect(await psql(endpoint.host)).toBe('reports|t');
});

test.each(['orders-db', 'orders-db.orders.svc', 'orders-db.orders.svc.cluster.local', 'orders-db-0.orders-db-pods.orders.svc', 'localhost', '127.0.0.1', 'other.example.com'])(
  'it refuses the server as %s', async (host) => {
    expect(await psql(host)).toMatch(new RegExp(`server certificate for "orders-db.example.com" does not match host name "${host.replaceAll('.', '\\.')}"`));
  });

const asExporter = (...script: string[]) => database.pod.exec('exporter', ['sh', '-c', ...script]);

test('the exporter reaches and verifies the server by that name, which its pod leads to itself', async () => {
  const { stdout, stderr } = await asExporter('psql -X -A -t "$DATA_SOURCE_NAME" -c "SELECT current_user, ssl, client_addr FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE pid = pg_backend_pid()"');
  expect({ answer: stdout.trim(), stderr }).toEqual({ answer: 'postgres_exporter|t|127.0.0.1', stderr: '' });
  const byAddress = await asExporter('psql -X "$(printf %s "$DATA_SOURCE_NAME" | sed s/host=[^\\ ]*/host=127.0.0.1/)" -c "SELECT 1"');
  expect(byAddress.stderr).toContain('does not match host name "127.0.0.1"');
});
