import { certificate, env, Fields, mount, object, secretVolume, service, tlsDatabase, workload } from '../../fixtures';
import { codesIn, findingsIn } from '../../support/findings';

const OWN = ['PGTLS-B10', 'PGTLS-E42', 'PGTLS-E43', 'PGTLS-K01', 'PGTLS-K02'];
const codes = (...manifests: object[]) => codesIn(manifests).filter((code) => OWN.includes(code));

const HOSTNAME = 'external-dns.alpha.kubernetes.io/hostname';
const certified = (...dnsNames: string[]) => certificate({ dnsNames: ['db.demo.svc', ...dnsNames] }, { name: 'server' });
const SERVER = [service('db'), tlsDatabase('server')];
const published = (hosts: string, spec: Fields = {}) => ({ ...service('db-public', spec), metadata: { name: 'db-public', namespace: 'demo', annotations: { [HOSTNAME]: hosts } } });
const client = (variables: Record<string, string>, pod: Fields = {}, metadata: Fields = {}, container: Fields = {}) =>
  workload('Deployment', 'app', { env: env({ PGSSLMODE: 'verify-full', ...variables }), ...container }, pod, metadata);
const tlsRoute = (spec: Fields) => object('gateway.networking.k8s.io/v1', 'TLSRoute', 'db', { spec: { hostnames: ['gw.example.org'], rules: [{ backendRefs: [{ name: 'db', port: 5432 }] }], ...spec } });
const openshift = (termination: string) => object('route.openshift.io/v1', 'Route', 'db', { spec: { host: 'route.example.org', to: { kind: 'Service', name: 'db' }, tls: { termination } } });
const traefik = (match: string) => object('traefik.io/v1alpha1', 'IngressRouteTCP', 'db', { spec: { routes: [{ match, services: [{ name: 'db', port: 5432 }] }], tls: { passthrough: true } } });

describe('a name that is published for a server', () => {
  test.each<[string, object, string]>([
    ['an annotation of a Service that is not part of a database', published('pg.example.org'), 'pg.example.org'],
    ['one of several, with the dot at its end', published('db.demo.svc,pg.example.org.'), 'pg.example.org'],
    ['a route of the Gateway API', tlsRoute({}), 'gw.example.org'],
    ['a route of OpenShift that hands TLS on', openshift('passthrough'), 'route.example.org'],
    ['a route of Traefik that hands TLS on', traefik('HostSNI(`sni.example.org`)'), 'sni.example.org'],
  ])('has to be on its certificate: %s', (_, publisher, host) => {
    expect(codes(certified(), ...SERVER, publisher)).toEqual(['PGTLS-E42']);
    expect(codes(certified(host), ...SERVER, publisher)).toEqual([]);
  });

  test.each<[string, object]>([
    ['of another workload', published('pg.example.org', { selector: { app: 'web' } })],
    ['at a port where no server listens', published('pg.example.org', { ports: [{ port: 443, targetPort: 8443 }] })],
    ['of a route that ends TLS itself', openshift('reencrypt')],
    ['of a route to a Service that is not here', tlsRoute({ rules: [{ backendRefs: [{ name: 'elsewhere' }] }] })],
    ['of a route for every host', traefik('HostSNI(`*`)')],
  ])('is no matter of the server: %s', (_, publisher) => { expect(codes(certified(), ...SERVER, publisher)).toEqual([]); });

  test('is a warning that names the publisher and the certificate', () => {
    const [finding] = findingsIn([certified(), ...SERVER, published('pg.example.org')]).filter(({ rule: { code } }) => code === 'PGTLS-E42');
    expect(finding).toMatchObject({ severity: 'warning', location: { path: expect.stringContaining("Service 'db-public'") } });
    expect(finding!.message).toContain(`annotation '${HOSTNAME}' publishes 'pg.example.org', which the server's Certificate 'server' does not contain`);
  });
});

describe('the host of a client is followed to its server', () => {
  const alias = (externalName: string, name = 'alias') => service(name, { type: 'ExternalName', externalName, selector: undefined, ports: undefined });

  test.each<[string, object[], string]>([
    ['a published name', [published('pg.example.org'), client({ PGHOST: 'PG.example.org' })], 'pg.example.org'],
    ['a Service that is another name', [alias('db.demo.svc.cluster.local.'), client({ PGHOST: 'alias' })], 'alias'],
    ['one of another namespace', [{ ...alias('db.demo.svc'), metadata: { name: 'alias', namespace: 'shop' } }, client({ PGHOST: 'alias' }, {}, { namespace: 'shop' })], 'alias'],
    ['the hosts file of the pod', [workload('Deployment', 'app', {}), sidecar({ PGHOST: 'pg.example.org' }, [{ ip: '127.0.0.1', hostnames: ['pg.example.org'] }])], 'pg.example.org'],
    ['an address beside the host', [sidecar({ PGHOST: 'pg.example.org', PGHOSTADDR: '127.0.0.1' })], 'pg.example.org'],
    ['a connection string with an address', [sidecar({ DSN: 'host=pg.example.org hostaddr=127.0.0.1 sslmode=verify-full' })], 'pg.example.org'],
    ['a Secret of the app', [object('v1', 'Secret', 'login', { stringData: { url: 'postgres://app:word@db/app?sslmode=verify-full' } }), client({}, {}, {}, {
      env: [{ name: 'URL', valueFrom: { secretKeyRef: { name: 'login', key: 'url' } } }],
    })], 'db'],
    ['a Secret of the app, encoded', [object('v1', 'Secret', 'login', { data: { PGHOST: Buffer.from('db').toString('base64') } }), client({}, {}, {}, { envFrom: [{ secretRef: { name: 'login' } }] })], 'db'],
  ])('%s', (_, manifests, host) => {
    const server = manifests.some((manifest) => (manifest as Fields)['kind'] === 'StatefulSet') ? [service('db')] : SERVER;
    expect(codes(certified(), ...server, ...manifests).filter((code) => code !== 'PGTLS-E42')).toEqual(['PGTLS-B10']);
    expect(codes(certified(host), ...server, ...manifests)).toEqual([]);
  });

  test('a cycle of ExternalNames ends', () => {
    expect(codes(certified(), ...SERVER, alias('b.demo.svc', 'a'), alias('a.demo.svc', 'b'), client({ PGHOST: 'a' }))).toEqual([]);
  });

  test('connections through a load balancer are left to another rule', () => {
    const closed = object('networking.k8s.io/v1', 'NetworkPolicy', 'db', { spec: { podSelector: { matchLabels: { app: 'db' } }, ingress: [] } });
    expect(codes(certified('pg.example.org'), ...SERVER, closed, published('pg.example.org'), client({ PGHOST: 'pg.example.org' }))).toEqual([]);
    expect(codes(certified(), ...SERVER, closed, client({ PGHOST: 'db.demo.svc' }))).toEqual(['PGTLS-K01']);
  });
});

describe('a host that no manifest resolves', () => {
  const trusting = (secretName: string, host: string, sslMode = 'verify-full') => client(
    { PGHOST: host, PGSSLMODE: sslMode, PGSSLROOTCERT: '/trust/ca.crt' }, { volumes: [secretVolume('trust', secretName)] }, {}, { volumeMounts: [mount('trust', '/trust')] });

  test('must be in the certificate whose ca.crt the client trusts', () => {
    expect(codes(certified(), ...SERVER, trusting('server', 'pg.example.org'))).toEqual(['PGTLS-E43']);
    expect(codes(certified('pg.example.org'), ...SERVER, trusting('server', 'pg.example.org'))).toEqual([]);
    expect(codes(certified(), ...SERVER, trusting('server', 'pg.example.org', 'verify-ca'))).toEqual([]);
    expect(codes(certified(), certificate({}, { name: 'other' }), ...SERVER, trusting('other', 'pg.example.org'))).toEqual([]);
  });

  test('or in another certificate of the same issuer, such as that of a pooler', () => {
    const pooler = (issuerRef: Fields) => certificate({ dnsNames: ['pooler'], issuerRef }, { name: 'pooler' });
    const { issuerRef } = (certified() as { spec: { issuerRef: Fields } }).spec;
    expect(codes(certified(), pooler(issuerRef), ...SERVER, trusting('server', 'pooler'))).toEqual([]);
    expect(codes(certified(), pooler({ ...issuerRef, name: 'another' }), ...SERVER, trusting('server', 'pooler'))).toEqual(['PGTLS-E43']);
  });

  test('is one finding where it leads to a server', () => {
    expect(codes(certified(), ...SERVER, trusting('server', 'db'))).toEqual(['PGTLS-B10']);
  });
});

/** The server of the tests with a second container beside it. */
function sidecar(variables: Record<string, string>, hostAliases?: Fields[]): object {
  const database = tlsDatabase('server') as { spec: { template: { spec: { containers: object[] } } } };
  const pod = database.spec.template.spec as Fields & { containers: object[] };
  pod.containers = [...pod.containers, { name: 'side', image: 'example.com/side:1', env: env({ PGSSLMODE: 'verify-full', ...variables }) }];
  if (hostAliases) { pod['hostAliases'] = hostAliases; }
  return database;
}
