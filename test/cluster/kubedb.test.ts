import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { eventually, get, kubectl, list, tryKubectl, type ClusterObject } from './support/kubectl';
import { demandCluster, OWN, psql, renew, startClient, untilReachable } from './support/playground';
import { Postgres, PostgresVersion } from '../../src';
import { markedBlock, REPOSITORY } from '../support/repository';

demandCluster();
jest.setTimeout(200_000);

// KubeDB's two guides to TLS, step by step, with the YAML of docs/kubedb.md; what the guides ask of the server, and their answers.
const NAMESPACE = 'kd-guides';
const DOCUMENT = readFileSync(join(REPOSITORY, 'docs/kubedb.md'), 'utf8');
const block = (marker: string) => markedBlock(DOCUMENT, marker).replaceAll('namespace: demo', `namespace: ${NAMESPACE}`);
const WHO_AM_I = 'SELECT ssl, version, cipher, bits, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
const OVER_TLS = 't|TLSv1.3|TLS_AES_256_GCM_SHA384|256|';
const PASSWORDS = { 'pg-auth': 'of pg', 'ha-postgres-auth': 'of ha-postgres' } as const;

const inNamespace = (...words: string[]) => kubectl(['--namespace', NAMESPACE, ...words]);
const inPod = (name: string, sql: string) => inNamespace('exec', `${name}-0`, '--container', 'reloader', '--', 'psql', '-XAtqc', sql).then((answer) => answer.trim());
const setting = (name: string) => inPod('ha-postgres', `SELECT setting FROM pg_settings WHERE name = '${name}'`);
const podOf = (name: string) => get(NAMESPACE, 'pod', `${name}-0`).then(({ metadata }) => metadata.uid as string);
/** The files of a Secret, or of the Secret as the pod has it. */
const inSecret = async (name: string, file: string) => Buffer.from((await get(NAMESPACE, 'secret', name)).data[file], 'base64').toString();
const inServer = (file: string) => inNamespace('exec', 'ha-postgres-0', '--container', 'postgres', '--', 'cat', file);
const certificate = (pem: string) => new X509Certificate(pem);
const subjectOf = (pem: string) => certificate(pem).subject.split('\n').sort().join(',');

/** Makes a CA and puts it into a Secret by the commands of the guide. */
function createCa(secret: string, subject: string): void {
  const directory = mkdtempSync(join(tmpdir(), 'kubedb-ca-'));
  try {
    const commands = markedBlock(DOCUMENT, 'commands: ca').replace('--namespace demo', `--namespace ${NAMESPACE}`).replace('secret tls postgres-ca ', `secret tls ${secret} `).replace('/CN=postgres/O=kubedb', subject);
    execFileSync('bash', ['-euo', 'pipefail', '-c', commands], { cwd: directory, stdio: 'pipe' });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What `Postgres.fromKubeDb` makes of YAML, applied untouched; ready once the pod, the certificates and the issuers are. */
async function apply(name: string, yaml: string): Promise<ClusterObject[]> {
  const chart = new Chart(new App(), 'guide', { namespace: NAMESPACE });
  Postgres.fromKubeDb(chart, name, yaml, { acknowledge: { 'spec.replicas': 'one is enough' } });
  const objects = Testing.synth(chart) as ClusterObject[];
  const { code, stderr } = await tryKubectl(['apply', '--validate=strict', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await eventually(`readiness of ${name}`, 120, async () => {
    const issued: ClusterObject[] = [...await list(NAMESPACE, 'certificates'), ...await list(NAMESPACE, 'issuers')].filter(({ kind, metadata }) => objects.some((object) => object.kind === kind && object.metadata.name === metadata.name));
    for (const { metadata, status } of issued) {
      const ready = status?.conditions?.find(({ type }: ClusterObject) => type === 'Ready');
      if (ready?.status !== 'True' || ready.observedGeneration !== metadata.generation) { throw new Error(`${metadata.name} is not ready`); }
    }
    const { metadata, status } = await get(NAMESPACE, 'statefulset', name);
    const isCurrent = status.observedGeneration === metadata.generation && status.currentRevision === status.updateRevision;
    if (!isCurrent || status.readyReplicas !== 1 || status.updatedReplicas !== 1) { throw new Error(`${name} is not ready`); }
  }, NAMESPACE);
  return objects;
}

beforeAll(async () => {
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=150s']);
  await kubectl(['create', 'namespace', NAMESPACE]);
  await kubectl(['label', 'namespace', NAMESPACE, OWN, 'pod-security.kubernetes.io/enforce=restricted']);
  createCa('postgres-ca', '/CN=postgres/O=kubedb');
  createCa('postgres-ca-2', '/CN=next/O=kubedb-updated');
  // KubeDB's Secrets of the superuser, which stay.
  for (const [name, password] of Object.entries(PASSWORDS)) {
    await inNamespace('create', 'secret', 'generic', name, '--type=kubernetes.io/basic-auth', '--from-literal=username=postgres', `--from-literal=password=${password}`);
  }
}, 200_000);

afterAll(async () => { await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=150s']); }, 200_000);

describe('the guide to TLS', () => {
  const ask = (conninfo: string, sql = WHO_AM_I) => psql(NAMESPACE, 'client-of-pg', `user=postgres dbname=postgres connect_timeout=10 ${conninfo}`, sql, { PGPASSWORD: PASSWORDS['pg-auth'] });

  beforeAll(async () => {
    await apply('pg', block('yaml: guide'));
    await startClient({ namespace: NAMESPACE, name: 'client-of-pg', image: PostgresVersion.V18.image, db: 'pg' });
    await untilReachable(NAMESPACE, 'client-of-pg', 'pg');
  });

  test('its Secrets, and the names and subjects of the certificates', async () => {
    expect(Object.keys((await get(NAMESPACE, 'secret', 'pg-server-cert')).data).sort()).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
    expect(Object.keys((await get(NAMESPACE, 'secret', 'pg-auth')).data).sort()).toEqual(['password', 'username']);
    expect(subjectOf(await inSecret('pg-server-cert', 'ca.crt'))).toBe('CN=postgres,O=kubedb');
    const server = await inSecret('pg-server-cert', 'tls.crt');
    expect(subjectOf(server)).toBe('CN=pg,O=kubedb:server');
    expect(certificate(server).subjectAltName).toMatch(/DNS:localhost, DNS:pg, .*IP Address:127\.0\.0\.1/);
    expect(certificate(server).verify(certificate(await inSecret('pg-server-cert', 'ca.crt')).publicKey)).toBe(true);
  });

  test('TLS is on, and rows for the network take encrypted connections alone', async () => {
    expect(await inPod('pg', 'SHOW ssl')).toBe('on');
    expect((await inPod('pg', "SELECT DISTINCT type FROM pg_hba_file_rules WHERE auth_method <> 'reject' ORDER BY 1")).split('\n')).toEqual(['hostssl', 'local']);
    // The session over the socket is not encrypted.
    expect(await inPod('pg', 'SELECT ssl, inet_server_addr() IS NULL FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toBe('f|t');
  });

  test.each(['pg', `pg.${NAMESPACE}.svc`])('with verify-full a client connects to %s', async (host) => {
    expect(await ask(`host=${host} sslmode=verify-full sslrootcert=/tls/ca.crt`)).toBe(OVER_TLS);
    const pod: ClusterObject = await get(NAMESPACE, 'pod', 'pg-0');
    expect(await ask(`host=${host} sslmode=verify-full sslrootcert=/tls/ca.crt`, 'SELECT host(inet_server_addr()), inet_server_port()')).toBe(`${pod.status.podIP}|5432`);
  });

  test('without sslrootcert the client finds no root certificate, and without TLS the server refuses it', async () => {
    await expect(ask('host=pg sslmode=verify-full')).rejects.toThrow(/root certificate file .* does not exist/);
    await expect(ask('host=pg sslmode=disable')).rejects.toThrow(/pg_hba\.conf rejects connection .* no encryption/);
  });
});

// Each test is a step of the guide, on the database of the step before.
describe('the guide to ReconfigureTLS', () => {
  const HOST = `host=ha-postgres.${NAMESPACE}.svc user=postgres dbname=postgres connect_timeout=10`;
  const WITH_CERTIFICATE = 'sslrootcert=/tls/ca.crt sslcert=/tls/tls.crt sslkey=/tls/tls.key';
  const documents = block('yaml: requests').split(/^---$/m);
  const ask = (conninfo: string, sql = WHO_AM_I) => psql(NAMESPACE, 'client', conninfo, sql, { PGPASSWORD: PASSWORDS['ha-postgres-auth'] });
  /** The YAML as it is in Git after a step: all documents up to its request. */
  const upTo = (request: string) => [block('yaml: baseline'), ...documents.slice(0, documents.findIndex((text) => text.includes(`name: ${request},`)) + 1)].join('---\n');

  beforeAll(async () => {
    await apply('ha-postgres', block('yaml: baseline'));
    await startClient({ namespace: NAMESPACE, name: 'client', image: PostgresVersion.V18.image, db: 'ha-postgres' });
    await untilReachable(NAMESPACE, 'client', 'ha-postgres');
    await inPod('ha-postgres', 'CREATE TABLE kept AS SELECT 42 AS answer');
  });

  test('before it, ssl is off', async () => {
    expect(await setting('ssl')).toBe('off');
    expect(await ask(`${HOST} sslmode=disable`)).toBe('f||||');
  });

  test('TLS is added: verify-full with a certificate', async () => {
    await apply('ha-postgres', upTo('add-tls'));
    expect([await setting('ssl'), await setting('ssl_cert_file'), await setting('ssl_key_file'), await setting('ssl_ca_file')])
      .toEqual(['on', '/tls/certs/server/tls.crt', '/tls/certs/server/tls.key', '/tls/certs/client/ca.crt']);
    expect(subjectOf(await inSecret('ha-postgres-client-cert', 'tls.crt'))).toBe('CN=postgres,O=shop,OU=client');
    // The client's Secrets are optional in its pod, so that they arrive after it has started.
    await eventually('the key pair of the client', 120, () => ask(`${HOST} sslmode=verify-full ${WITH_CERTIFICATE}`), NAMESPACE);
    expect(await ask(`${HOST} sslmode=verify-full ${WITH_CERTIFICATE}`)).toMatch(/^t\|TLSv1\.3\|TLS_AES_256_GCM_SHA384\|256\|\/(?=.*CN=postgres)(?=.*OU=client)/);
    await expect(ask(`${HOST} sslmode=verify-full sslrootcert=/tls/ca.crt sslcert=/none`)).rejects.toThrow(/connection requires a valid client certificate/);
    expect(await inPod('ha-postgres', 'SELECT answer FROM kept')).toBe('42');
  });

  test('certificates are renewed without a restart and without another manifest', async () => {
    const before = await podOf('ha-postgres');
    const old = certificate(await inServer('/tls/certs/server/tls.crt'));
    expect(await apply('ha-postgres', upTo('rotate'))).toEqual(await apply('ha-postgres', upTo('add-tls')));
    await renew(NAMESPACE, 'ha-postgres-server-cert');
    const renewed = await eventually('the renewed certificate in the pod', 120, async () => {
      const found = certificate(await inServer('/tls/certs/server/tls.crt'));
      expect(found.serialNumber).not.toBe(old.serialNumber);
      return found;
    }, NAMESPACE);
    expect(Math.round((Date.parse(renewed.validTo) - Date.parse(renewed.validFrom)) / 86_400_000)).toBe(90);
    expect(await ask(`${HOST} sslmode=verify-full ${WITH_CERTIFICATE}`)).toMatch(/^t\|TLSv1\.3/);
    expect(await podOf('ha-postgres')).toBe(before);
  });

  test('another issuer: its CA is in both Secrets and in the pod, without a restart', async () => {
    const before = await podOf('ha-postgres');
    await inNamespace('exec', 'client', '--', 'cp', '/tls/ca.crt', '/tmp/former-ca.crt');
    await apply('ha-postgres', upTo('change-issuer'));
    for (const name of ['ha-postgres-server-cert', 'ha-postgres-client-cert']) {
      await eventually(`the new CA in ${name}`, 60, async () => { expect(subjectOf(await inSecret(name, 'ca.crt'))).toBe('CN=next,O=kubedb-updated'); }, NAMESPACE);
    }
    await eventually('a connection with certificates of the new CA', 120, async () => {
      expect(await ask(`${HOST} sslmode=verify-full ${WITH_CERTIFICATE}`)).toMatch(/^t\|TLSv1\.3/);
      await expect(ask(`${HOST} sslmode=verify-full ${WITH_CERTIFICATE.replace('/tls/ca.crt', '/tmp/former-ca.crt')}`)).rejects.toThrow(/certificate verify failed/);
    }, NAMESPACE);
    for (const file of ['/tls/certs/server/ca.crt', '/tls/certs/client/ca.crt']) { expect(subjectOf(await inServer(file))).toBe('CN=next,O=kubedb-updated'); }
    expect(await podOf('ha-postgres')).toBe(before);
  });

  test('other modes: verify-ca with a password', async () => {
    const before = await podOf('ha-postgres');
    await apply('ha-postgres', upTo('change-modes'));
    expect(await podOf('ha-postgres')).not.toBe(before);
    await untilReachable(NAMESPACE, 'client', 'ha-postgres');
    const { spec } = await get(NAMESPACE, 'service', 'ha-postgres');
    const byAddress = `host=${spec.clusterIP} user=postgres dbname=postgres connect_timeout=10 sslrootcert=/tls/ca.crt sslcert=/none`;
    expect(await ask(`${byAddress} sslmode=verify-ca`)).toBe(OVER_TLS);
    await expect(ask(`${byAddress} sslmode=verify-full`)).rejects.toThrow(/does not match host name/);
  });

  test('TLS is removed: a password is enough, and the data is there', async () => {
    const objects = await apply('ha-postgres', upTo('remove-tls'));
    await untilReachable(NAMESPACE, 'client', 'ha-postgres');
    expect([await setting('ssl'), await setting('ssl_cert_file'), await setting('ssl_key_file')]).toEqual(['off', 'server.crt', 'server.key']);
    expect(await ask(`${HOST} sslmode=disable`, 'SELECT answer FROM kept')).toBe('42');
    expect(objects.filter(({ kind }) => kind === 'Certificate')).toEqual([]);
    // As in docs/kubedb.md: nothing uses the Certificates any more.
    await inNamespace('delete', 'certificates', 'ha-postgres-server-cert', 'ha-postgres-client-cert');
    await inNamespace('delete', 'secrets', 'ha-postgres-server-cert', 'ha-postgres-client-cert');
    expect(await ask(`${HOST} sslmode=disable`, 'SELECT answer FROM kept')).toBe('42');
  });
});
