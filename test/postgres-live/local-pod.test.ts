import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { Client } from 'pg';
import { find, LocalCertManager, LocalPod, type LocalPodOptions, parseManifests, servedCertificate } from '../local';
import { eventually } from '../support/eventually';

const DOCUMENTS = parseManifests(`
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: self }
spec: { selfSigned: {} }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: ca }
spec: { secretName: ca, issuerRef: { name: self, kind: Issuer }, commonName: ca, isCA: true, privateKey: { algorithm: ECDSA } }
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: ca }
spec: { ca: { secretName: ca } }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: server }
spec:
  { secretName: server, issuerRef: { name: ca, kind: Issuer }, commonName: db, dnsNames: [db.ns.svc], usages: [digital signature, server auth],
    privateKey: { algorithm: ECDSA } }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: client }
spec:
  { secretName: client, issuerRef: { name: ca, kind: Issuer }, commonName: postgres, usages: [digital signature, client auth],
    privateKey: { algorithm: ECDSA } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: config }
data:
  init.sh: |
    set -eu
    echo "in $NAMESPACE as $POD"
    initdb --username=postgres --auth=reject --no-sync --no-locale --encoding=UTF8 --pgdata="$PGDATA"
  postgresql.conf: |
    listen_addresses = '*'
    unix_socket_directories = '/run/sockets,/tmp'
    hba_file = '/config/pg_hba.conf'
    ssl = on
    ssl_cert_file = '/tls/server/tls.crt'
    ssl_key_file = '/tls/server/tls.key'
    ssl_ca_file = '/tls/client/ca.crt'
    fsync = off
  pg_hba.conf: |
    hostssl all all all cert
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: ns }
spec:
  volumeClaimTemplates: [{ metadata: { name: data } }]
  template:
    spec:
      securityContext: { runAsUser: 999, runAsGroup: 999, fsGroup: 999 }
      volumes:
        - { name: config, configMap: { name: config } }
        - { name: server, secret: { secretName: server, defaultMode: 288 } }
        - { name: client, secret: { secretName: server, items: [{ key: ca.crt, path: ca.crt }] } }
        - { name: sockets, emptyDir: {} }
        - { name: temporary, emptyDir: { medium: Memory } }
      initContainers:
        - name: init
          command: [sh, /config/init.sh]
          env: &env
            - { name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
            - { name: NAMESPACE, valueFrom: { fieldRef: { fieldPath: metadata.namespace } } }
            - { name: DATA, value: /var/lib/data }
            - { name: PGDATA, value: $(DATA)/18 }
          volumeMounts: [{ name: config, mountPath: /config }, { name: data, mountPath: /var/lib/data }]
      containers:
        - name: postgres
          command: [postgres, -c, config_file=/config/postgresql.conf]
          env: *env
          ports: [{ name: postgres, containerPort: 5432 }]
          readinessProbe: { tcpSocket: { port: postgres } }
          livenessProbe: { exec: { command: [test, -S, /run/sockets/.s.PGSQL.5432] } }
          volumeMounts:
            - { name: config, mountPath: /config }
            - { name: data, mountPath: /var/lib/data }
            - { name: server, mountPath: /tls/server }
            - { name: client, mountPath: /tls/client }
            - { name: sockets, mountPath: /run/sockets }
            - { name: temporary, mountPath: /tmp }
`);

describe('a database of hand-written documents', () => {
  const certManager = new LocalCertManager(DOCUMENTS);
  let pod: LocalPod;
  let server: ReturnType<LocalPod['start']>;

  beforeAll(async () => {
    pod = await LocalPod.create({ documents: DOCUMENTS, secrets: await certManager.issueAll(), major: 18 });
    const init = await pod.runInit('init');
    if (init.code !== 0) { throw new Error(init.stderr); }
    expect(init.stdout).toMatch(/^in ns as db-0\n/);
    server = await pod.startServer();
  });
  afterAll(() => pod?.dispose());

  async function connect(certified: boolean): Promise<Client> {
    const { 'tls.crt': cert, 'tls.key': key, 'ca.crt': ca } = certManager.secret('client').data;
    const ssl = { ca, servername: 'db.ns.svc', ...(certified ? { cert, key } : {}) };
    const client = new Client({ host: '127.0.0.1', port: pod.port, user: 'postgres', database: 'postgres', ssl });
    await client.connect();
    return client;
  }

  const served = () => servedCertificate({ port: pod.port, ca: certManager.secret('client').data['ca.crt'], servername: 'db.ns.svc' });

  test('lets a client with its certificate in, and no other', async () => {
    const client = await connect(true);
    const { rows } = await client.query('SELECT version, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
    await client.end();
    expect(rows).toEqual([{ version: 'TLSv1.3', client_dn: '/CN=postgres' }]);
    await expect(connect(false)).rejects.toThrow('connection requires a valid client certificate');
  });

  test('shows the certificate that was issued for it', async () => {
    expect(await served()).toMatchObject({
      subject: 'CN=db', issuer: 'CN=ca', subjectAltName: 'DNS:db.ns.svc', protocol: 'TLSv1.3', authorized: true, authorizationError: undefined,
    });
    // OpenSSL completes the chain from ssl_ca_file, so the root is shown as well.
    expect(await servedCertificate({ port: pod.port })).toMatchObject({ authorized: false, authorizationError: 'SELF_SIGNED_CERT_IN_CHAIN' });
    const { authorizationError } = await servedCertificate({ port: pod.port, ca: certManager.secret('ca').data['ca.crt'], servername: 'other' });
    expect(authorizationError).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('answers its probes', async () => {
    expect(await pod.probe('postgres', 'readiness')).toBe(true);
    expect(await pod.probe('postgres', 'liveness')).toBe(true);
    await expect(pod.probe('postgres', 'startup')).rejects.toThrow("container 'postgres' has no startup probe");
  });

  test('serves a renewed certificate after SIGHUP, not before, and open sessions live on', async () => {
    const client = await connect(true);
    const before = await served();
    pod.updateSecret(await certManager.renew('server'));
    expect((await served()).serialNumber).toBe(before.serialNumber);
    const mark = server.logs.length;
    server.signal('SIGHUP');
    await server.waitFor(/received SIGHUP/, 5000, mark);
    const after = await eventually(async () => {
      const now = await served();
      expect(now.serialNumber).not.toBe(before.serialNumber);
      return now;
    });
    expect(after.authorized).toBe(true);
    expect((await client.query('SELECT 1 AS alive')).rows).toEqual([{ alive: 1 }]);
    await client.end();
  });

  test('takes a new ConfigMap with the paths of this machine', () => {
    const config = find(DOCUMENTS, 'ConfigMap', 'config');
    pod.updateConfigMap({ ...config, data: { ...config.data, extra: 'in /tmp' } });
    expect(readFileSync(pod.hostPath('postgres', '/config/extra'), 'utf8')).toBe(`in ${pod.root}/temporary`);
  });

  test('keeps what a stop and a start find in the claim', async () => {
    expect(await server.stop('SIGINT')).toEqual({ code: 0, signal: null });
    server = await pod.startServer();
  });

  test.each(['127.0.0.1', '::'])('starts on another port where a process has its own on %s', async (host) => {
    await server.stop('SIGINT');
    const { port } = pod;
    const other = createServer().listen({ port, host, ipv6Only: true });
    await once(other, 'listening');
    try {
      server = await pod.startServer();
      expect(pod.port).not.toBe(port);
      expect(await pod.probe('postgres', 'readiness')).toBe(true);
      await (await connect(true)).end();
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });
});

test('the end of a process is an error for those who wait for its output', async () => {
  const pod = await LocalPod.create({ documents: DOCUMENTS, secrets: await new LocalCertManager(DOCUMENTS).issueAll(), major: 18 });
  await expect(pod.start('postgres').waitFor(/ready/)).rejects.toThrow(/process ended with 2 before .*ready.* appeared in:[^]*No such file or directory/);
  expect(await pod.exec('postgres', ['no-such-command'])).toMatchObject({ code: 127, stderr: expect.stringContaining('no-such-command') });
  await pod.dispose();
  expect(existsSync(pod.root)).toBe(false);
});

test.each<[string, Partial<LocalPodOptions>, string]>([
  ['a missing Secret', {}, "Secret 'server' of pod 'db-0' does not exist"],
  ['a missing key', { secrets: [{ name: 'server', data: { 'tls.crt': '' } }] }, "Secret 'server' of pod 'db-0' has no key 'ca.crt'"],
  ['a missing ConfigMap', { documents: DOCUMENTS.filter(({ kind }) => kind !== 'ConfigMap') }, "ConfigMap 'config' of pod 'db-0' does not exist"],
])('%s holds the pod back', async (_, options, message) => {
  await expect(LocalPod.create({ documents: DOCUMENTS, major: 18, ...options })).rejects.toThrow(message);
});
