import { toManifest } from '../../src/kubernetes';
import { clusterAssumptions, IssuanceGraph } from '../../src/pki';
import { type AccessWalk, podsOf, walkOf } from '../../src/workloads';
import { caIssuer, certificate, configMap, env, type Fields, issuer, mount, object, root, secretVolume, selfSignedIssuer, service, tlsDatabase, workload } from '../fixtures';
import { findingsIn } from '../support/findings';

const CLIENT_USAGES = ['digital signature', 'client auth'];
const PKI = [
  selfSignedIssuer({ name: 'self' }), root(), root({}, { name: 'clients' }), root({}, { name: 'others' }),
  caIssuer(), issuer({ ca: { secretName: 'clients' } }, { name: 'clients' }), issuer({ ca: { secretName: 'others' } }, { name: 'others' }),
  certificate({ dnsNames: ['db.demo.svc'] }, { name: 'server' }),
  certificate({ commonName: 'app', dnsNames: undefined, usages: CLIENT_USAGES, issuerRef: { name: 'clients' } }, { name: 'app' }),
  certificate({ commonName: 'app', dnsNames: undefined, usages: CLIENT_USAGES, issuerRef: { name: 'others' } }, { name: 'stranger' }),
];

/** Defects of one connection, each with the rule that finds it, in the order in which a client meets them. */
const DEFECTS = [
  ['sslmode', 'PGTLS-T20'], ['dns', 'PGTLS-K03'], ['port', 'PGTLS-T21'], ['egress', 'PGTLS-K02'], ['ingress', 'PGTLS-K01'], ['tls', 'PGTLS-T22'], ['mode', 'PGTLS-F01'],
  ['format', 'PGTLS-T23'], ['trust', 'PGTLS-T24'], ['host', 'PGTLS-B10'], ['client CA', 'PGTLS-T25'], ['row', 'PGTLS-T17'], ['role', 'PGTLS-B11'], ['database', 'PGTLS-T27'],
] as const;

type Defect = typeof DEFECTS[number][0];

function scene(has: (defect: Defect) => boolean): Fields[] {
  const labels = (app: string) => ({ podSelector: { matchLabels: { app } } });
  const rules = [...(has('dns') ? [] : [{ ports: [{ port: 53, protocol: 'UDP' }] }]), ...(has('egress') ? [] : [{ to: [labels('db')] }])];
  const policy = (name: string, spec: Fields) => object('networking.k8s.io/v1', 'NetworkPolicy', name, { spec });
  const server = tlsDatabase('server', [`ssl=${has('tls') ? 'off' : 'on'}`, 'ssl_ca_file=/clients/ca.crt', 'hba_file=/config/pg_hba.conf'], {
    mounts: [mount('clients', '/clients'), mount('config', '/config')],
    volumes: [secretVolume('clients', 'app', { items: [{ key: 'ca.crt', path: 'ca.crt' }] }), { name: 'config', configMap: { name: 'config' } }],
  });
  const [container] = (((server['spec'] as Fields)['template'] as Fields)['spec'] as Fields)['containers'] as Fields[];
  container!['env'] = env({ POSTGRES_DB: 'orders' });
  const settings = {
    host: has('host') ? 'db' : 'db.demo.svc', user: has('role') ? 'other' : 'app', dbname: has('database') ? 'billing' : 'orders', sslmode: has('sslmode') ? 'verify_full' : 'verify-full',
    sslrootcert: has('trust') ? '/tls/ca.crt' : '/trust/ca.crt', sslcert: '/tls/tls.crt', sslkey: has('format') ? '/tls/tls.crt' : '/tls/tls.key',
  };
  return [
    ...PKI, server, service('db', { ports: [{ port: 5432, targetPort: has('port') ? 'nothing' : 5432 }] }),
    configMap({ 'pg_hba.conf': `hostssl ${has('row') ? 'old' : 'all'} all all cert` }),
    policy('client', { ...labels('app'), policyTypes: ['Egress'], egress: rules }), policy('server', { ...labels('db'), ingress: [{ from: [labels(has('ingress') ? 'other' : 'app')] }] }),
    workload('Deployment', 'app', {
      image: 'postgres:18.4', command: ['psql', Object.entries(settings).map(([name, value]) => `${name}=${value}`).join(' ')], volumeMounts: [mount('tls', '/tls'), mount('trust', '/trust')],
    }, {
      volumes: [
        secretVolume('tls', has('client CA') ? 'stranger' : 'app', { defaultMode: has('mode') ? 0o644 : 0o440 }), secretVolume('trust', 'server', { items: [{ key: 'ca.crt', path: 'ca.crt' }] }),
      ],
    }),
  ];
}

const ofClient = (manifests: readonly object[]) => findingsIn(manifests).filter(({ target }) => target?.kind === 'Deployment').map(({ rule: { code }, problem }) => ({ code, problem }));

test.each(DEFECTS.map(([defect, code], index) => ({ defect, code, index })))('of $defect and all later defects, the client has one finding: $code', ({ code, index }) => {
  const found = ofClient(scene((defect) => DEFECTS.findIndex(([name]) => name === defect) >= index));
  expect(found.map((finding) => finding.code)).toEqual([code]);
  expect(found[0]!.problem).toMatch(/; error: [^;]+$/);
});

test.each(DEFECTS.map(([defect, code]) => ({ defect, code })))('$defect alone is $code', ({ defect, code }) => {
  expect(ofClient(scene((name) => name === defect)).map((finding) => finding.code)).toEqual([code]);
});

function walksIn(manifests: readonly Fields[]): AccessWalk[] {
  const graph = new IssuanceGraph(manifests.map((manifest) => toManifest('', manifest)), clusterAssumptions());
  return podsOf(graph).flatMap(({ connections }) => connections).map(walkOf);
}

test('without a defect, each step of the connection is data', () => {
  const manifests = scene(() => false);
  expect(ofClient(manifests)).toEqual([]);
  const [{ connection, attempts, outcome, refused }, ...others] = walksIn(manifests) as [AccessWalk];
  expect(others).toEqual([]);
  expect({ host: connection.host, server: connection.server.pod.at.name, outcome, refused }).toEqual({ host: 'db.demo.svc', server: 'db', outcome: 'admitted', refused: undefined });
  expect(attempts.map(({ channel }) => channel)).toEqual(['tls']);
  expect(attempts[0]!.steps.map(({ name }) => name).join(' ')).toBe('sslmode dns egress ingress port tls-off root-file key-readable key-missing key-mode key-format server-usage self-signed-server '
    + 'server-chain host-name client-usage self-signed-client client-chain hba-row client-ca-file client-certificate role database');
  expect(attempts[0]!.steps.filter(({ result }) => result !== 'admitted')).toEqual([]);
});

test('a walk ends at the first refusal', () => {
  const [{ attempts, outcome, refused }] = walksIn(scene((defect) => ['host', 'role'].includes(defect))) as [AccessWalk];
  expect(outcome).toBe('refused');
  expect(attempts[0]!.steps.at(-1)!.name).toBe('host-name');
  expect(refused).toMatchObject({ name: 'host-name', refusal: { error: 'connection to server at "db", port 5432 failed: server certificate for "db.demo.svc" does not match host name "db"' } });
});

describe('sslmodes that may do without TLS', () => {
  const server = (rows: string, ssl = 'on') => [
    ...PKI, configMap({ 'pg_hba.conf': rows }), service('db'),
    tlsDatabase('server', [`ssl=${ssl}`, 'hba_file=/config/pg_hba.conf'], { mounts: [mount('config', '/config')], volumes: [{ name: 'config', configMap: { name: 'config' } }] }),
  ];
  const attemptsOf = (sslmode: string, rows: string, ssl?: string) => {
    const [{ attempts, outcome, refused }] = walksIn([...server(rows, ssl), workload('Deployment', 'app', { env: env({ URL: `postgres://app@db.demo.svc/x?sslmode=${sslmode}` }) })]) as [AccessWalk];
    return [attempts.map(({ channel }) => channel).join(), outcome === 'refused', refused?.refusal.error.split(', ').at(-1)];
  };

  test.each<[string, string, string | undefined, unknown[]]>([
    ['prefer', 'hostssl all all all md5', undefined, ['tls', false, undefined]],
    ['prefer', 'hostnossl all all all md5', undefined, ['tls,plaintext', false, undefined]],
    ['prefer', 'hostnossl all all all md5', 'off', ['plaintext', false, undefined]],
    ['prefer', 'host old all all md5', undefined, ['tls,plaintext', true, 'SSL encryption']],
    ['allow', 'hostssl all all all md5', undefined, ['plaintext,tls', false, undefined]],
    ['allow', 'host old all all md5', 'off', ['plaintext', true, 'no encryption']],
    ['disable', 'hostssl all all all md5', undefined, ['plaintext', true, 'no encryption']],
    ['require', 'hostnossl all all all md5', undefined, ['tls', true, 'SSL encryption']],
  ])('%s at %j, ssl = %s', (sslmode, rows, ssl, expected) => { expect(attemptsOf(sslmode, rows, ssl)).toEqual(expected); });
});
