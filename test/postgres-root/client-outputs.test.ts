import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { App, Testing } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-27';
import { CertificateAuthority, ClientConfigKeys, ClientConfigMap, Postgres, PostgresStorage, PostgresVersion, ServiceBinding, ServiceFile } from '../../src';
import { LocalDatabase, type Manifest } from '../local';
import { chartIn } from '../support/tree';
import { asInTheImage, demandSystem, POSTGRES } from './support';

demandSystem();

/** The directories in which the container of an application has its volumes. */
const ROOT = mkdtempSync(join(tmpdir(), 'outputs-'));
afterAll(() => rmSync(ROOT, { recursive: true }));

const ROLES = ['orders', 'stock'];
const CERTIFICATE = 'SELECT current_user, current_database(), client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()';

let database: LocalDatabase;
let outputs: { readonly file: ServiceFile; readonly binding: ServiceBinding; readonly plain: ClientConfigMap; readonly libpq: ClientConfigMap };
let documents: Manifest[];

beforeAll(async () => {
  const chart = chartIn('demo', 'chart', new App());
  const db = new Postgres(chart, 'db', { version: PostgresVersion.V18, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, storage: PostgresStorage.ephemeral() });
  const [orders, stock] = ROLES.map((name) => db.addClient(name));
  outputs = {
    file: new ServiceFile(chart, 'services', { services: { 'orders': { client: orders! }, 'the-stock': { client: stock! } }, directory: join(ROOT, 'services') }),
    binding: new ServiceBinding(chart, 'binding', { client: orders!, root: ROOT }),
    plain: new ClientConfigMap(chart, 'plain', { client: orders!, keys: ClientConfigKeys.PLAIN, directory: join(ROOT, 'plain') }),
    libpq: new ClientConfigMap(chart, 'libpq', { client: orders!, directory: join(ROOT, 'libpq') }),
  };
  documents = Testing.synth(chart) as Manifest[];
  database = await LocalDatabase.start({
    documents, runAs: POSTGRES, wrapper: asInTheImage(), prepare: ROLES.map((name) => `CREATE ROLE ${name} LOGIN\nCREATE DATABASE ${name} OWNER ${name}`).join('\n'),
  });
  for (const { volume, volumeMount } of Object.values(outputs)) { mount(volume, volumeMount.mountPath); }
});
afterAll(() => database?.stop());

const textsOf = (kind: string, name: string): Record<string, string> => {
  const { data, stringData } = documents.find((document) => document.kind === kind && document.metadata.name === name) as Manifest & Record<'data' | 'stringData', object>;
  return { ...data, ...stringData };
};

/** Writes the files of a projected volume as the kubelet does, with the mode of the volume. */
function mount({ projected }: k8s.Volume, directory: string): void {
  for (const { secret, configMap } of projected!.sources!) {
    const name = (secret ?? configMap)!.name!;
    const isWritten = configMap !== undefined || Object.keys(outputs).includes(name);
    const data = isWritten ? textsOf(configMap === undefined ? 'Secret' : 'ConfigMap', name) : database.certManager.secret(name).data;
    const items = (secret ?? configMap)!.items ?? Object.keys(data).map((key) => ({ key, path: key }));
    for (const { key, path } of items) {
      const file = join(directory, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, data[key]!);
      chmodSync(file, projected!.defaultMode!);
    }
  }
}

async function psql(conninfo: string, env: Record<string, string> = {}): Promise<string> {
  const { stdout } = await promisify(execFile)('psql', ['-X', '-A', '-t', '-w', '-d', conninfo, '-c', CERTIFICATE], { env: { PATH: process.env['PATH'], PGHOSTADDR: '127.0.0.1', ...env } });
  return stdout.trim();
}

/** The server listens on another port here. */
const atPort = (uri: string): string => uri.replace(':5432/', `:${database.pod.port}/`);

test('psql connects with the services of one file, each as its role', async () => {
  const port = `port=${database.pod.port}`;
  expect(await psql(`service=orders ${port}`, outputs.file.environment)).toBe('orders|orders|/CN=orders');
  expect(await psql(`service=the-stock ${port}`, outputs.file.environment)).toBe('stock|stock|/CN=stock');
  await expect(psql(`service=orders dbname=stock ${port}`, outputs.file.environment)).rejects.toThrow('pg_hba.conf rejects connection');
});

test('with the variables of a ConfigMap', async () => {
  expect(await psql('', { ...textsOf('ConfigMap', 'libpq'), PGPORT: String(database.pod.port) })).toBe('orders|orders|/CN=orders');
});

test('with the URI of a ConfigMap, and with that of a binding', async () => {
  expect(await psql(atPort(textsOf('ConfigMap', 'plain')['uri']!))).toBe('orders|orders|/CN=orders');
  expect(await psql(atPort(textsOf('Secret', 'binding')['uri']!))).toBe('orders|orders|/CN=orders');
});

test('with the entries of a binding and the files beside them', async () => {
  const { host, username, database: dbname, sslmode, sslrootcert } = textsOf('Secret', 'binding');
  const file = (name: string) => join(outputs.binding.directory, name);
  const conninfo = (root: string) => `host=${host} port=${database.pod.port} user=${username} dbname=${dbname} sslmode=${sslmode} sslrootcert=${root} sslcert=${file('certificates')} sslkey=${file('private-key')}`;
  expect(await psql(conninfo(file(sslrootcert!)))).toBe('orders|orders|/CN=orders');
  // The CA of the clients, which would be called ca.crt, does not verify the server.
  writeFileSync(file('client-ca.crt'), database.certManager.secret('db-client-orders-cert').data['ca.crt']!);
  await expect(psql(conninfo(file('client-ca.crt')))).rejects.toThrow('certificate verify failed');
});
