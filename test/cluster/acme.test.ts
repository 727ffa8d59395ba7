import { readFileSync } from 'node:fs';
import { App, Duration, Size, Testing } from 'cdk8s';
import { Cpu, k8s, Secret } from 'cdk8s-plus-27';
import { parseAllDocuments } from 'yaml';
import {
  AcmeServerTrust, AcmeSolver, CertManagerVersion, Dns01Provider, Issuer, IssuerSource, Postgres, PostgresMonitor, PostgresStorage, PostgresVersion,
  ServerNames, SuperuserAccess, TrustSource, TsigAlgorithm, Validation,
} from '../../src';
import { chartIn } from '../support/tree';
import { eventually, get, kubectl, tryKubectl, type ClusterObject } from './support/kubectl';
import { clientFiles, demandCluster, untilReachable } from './support/playground';

demandCluster();
jest.setTimeout(300_000);

const NAMESPACE = 'cdk8s-postgres-tls-acme';
const OWN = 'cdk8s-postgres-tls.test/owned=true';
const HOST = 'orders-db.example.test';
const IMAGE = PostgresVersion.V18.image;

/** A file with the Secret and the Issuer of an ACME server that signs for example.test, and beside them the root of what it signs. */
const file = process.env['ACME_ISSUER'];
if (file === undefined) { process.stdout.write('ACME_ISSUER names no file: a certificate from an ACME CA DID NOT RUN\n'); }

const inNamespace = (...args: string[]) => ['--namespace', NAMESPACE, ...args];
const psql = (conninfo: string, sql: string) => kubectl(inNamespace('exec', 'client', '--', 'psql', '-X', '-A', '-t', '-q', '-d', conninfo, '-c', sql)).then((answer) => answer.trim());

(file === undefined ? describe.skip : describe)('a server certificate of an ACME CA for a public name, by DNS-01', () => {
  const conninfo = (host: string) =>
    `host=${host} user=postgres dbname=postgres sslmode=verify-full sslrootcert=/roots/ca.crt sslcert=/tls/tls.crt sslkey=/tls/tls.key connect_timeout=5`;

  beforeAll(async () => {
    await kubectl(['delete', 'namespaces', '--selector', OWN, '--wait', '--timeout=150s']);
    await kubectl(['create', 'namespace', NAMESPACE]);
    await kubectl(['label', 'namespace', NAMESPACE, OWN, 'pod-security.kubernetes.io/enforce=restricted']);
    const [secret, issuer] = parseAllDocuments(readFileSync(file!, 'utf8')).map((document) => document.toJS() as ClusterObject);
    await kubectl(inNamespace('apply', '--filename', '-'), JSON.stringify(secret));
    await kubectl(inNamespace('create', 'configmap', 'public-cas', `--from-file=ca.crt=${process.env['ACME_ROOT']!}`));

    const chart = chartIn(NAMESPACE);
    Validation.of(chart.node.root as App).configure({ certManagerVersion: CertManagerVersion.V1_21 });
    const { server, caBundle, solvers: [{ dns01: { rfc2136 } }] } = issuer.spec.acme;
    new Postgres(chart, 'orders-db', {
      version: PostgresVersion.V18,
      storage: PostgresStorage.ephemeral(),
      resources: { cpu: { request: Cpu.millis(10) }, memory: { request: Size.mebibytes(192), limit: Size.mebibytes(192) } },
      superuserAccess: SuperuserAccess.certificate(),
      tls: {
        issuer: new Issuer(chart, 'acme', {
          source: IssuerSource.acme({
            server, serverTrust: AcmeServerTrust.pem(Buffer.from(caBundle, 'base64').toString()),
            solvers: [AcmeSolver.dns01(Dns01Provider.rfc2136({
              nameserver: rfc2136.nameserver,
              tsig: {
                keyName: rfc2136.tsigKeyName, algorithm: TsigAlgorithm.HMAC_SHA256,
                secret: { secret: Secret.fromSecretName(chart, 'tsig', rfc2136.tsigSecretSecretRef.name), key: rfc2136.tsigSecretSecretRef.key },
              },
            }), { waitInsteadOfSelfCheck: Duration.seconds(1) })],
          }),
        }),
        serverNames: ServerNames.only([HOST]),
        trustedServerCas: TrustSource.fromConfigMapName('public-cas'),
      },
      monitor: PostgresMonitor.prometheus(),
    });
    await kubectl(['apply', '--validate=strict', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: Testing.synth(chart) }));
    await eventually('the database', 240, async () => {
      const { status } = await get(NAMESPACE, 'statefulset', 'orders-db');
      if (status.readyReplicas !== 1) { throw new Error('not ready'); }
    }, NAMESPACE);
    // In the place of public DNS: the name leads to the Service.
    const { spec: { clusterIP } } = await get(NAMESPACE, 'service', 'orders-db');
    await kubectl(inNamespace('apply', '--filename', '-'), JSON.stringify({
      apiVersion: 'v1', kind: 'Pod', metadata: { name: 'client' },
      spec: {
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 0,
        hostAliases: [{ ip: clusterIP, hostnames: [HOST] }],
        securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{
          name: 'psql', image: IMAGE, command: ['sleep', 'infinity'],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts: [{ name: 'tls', mountPath: '/tls' }, { name: 'roots', mountPath: '/roots' }],
        }],
        volumes: [{ name: 'tls', ...clientFiles('orders-db') }, { name: 'roots', configMap: { name: 'public-cas' } }],
      } satisfies k8s.PodSpec,
    }));
    await kubectl(inNamespace('wait', '--for=condition=Ready', 'pod/client', '--timeout=60s'));
    await untilReachable(NAMESPACE, 'client', HOST);
  }, 480_000);

  afterAll(async () => { await tryKubectl(['delete', 'namespace', NAMESPACE, '--wait', '--timeout=150s']); }, 200_000);

  test('the CA has signed for the public name alone', async () => {
    const { data } = await get(NAMESPACE, 'secret', 'orders-db-server-cert');
    expect(data['ca.crt'] ?? '').toBe('');
    const { spec } = await get(NAMESPACE, 'certificate', 'orders-db-server-cert');
    expect(spec.dnsNames).toEqual([HOST]);
    expect(spec.ipAddresses ?? []).toEqual([]);
  });

  test('clients with a certificate of the private client CA verify the server by that name, and by no other', async () => {
    expect(await psql(conninfo(HOST), 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toBe('t');
    await expect(psql(conninfo('orders-db'), 'SELECT 1')).rejects.toThrow(`server certificate for "${HOST}" does not match host name "orders-db"`);
    await expect(psql(conninfo(HOST).replace('/roots/ca.crt', '/tls/client-ca.crt'), 'SELECT 1')).rejects.toThrow('certificate verify failed');
  });

  test('the exporter verifies it as well', async () => {
    await eventually('pg_up 1', 60, async () => {
      const metrics = await kubectl(inNamespace('exec', 'client', '--', 'sh', '-c',
        "printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' | openssl s_client -quiet -connect orders-db-stats:9187 2>&1"));
      expect(metrics).toMatch(/^pg_up 1$/m);
    }, NAMESPACE);
  });
});
