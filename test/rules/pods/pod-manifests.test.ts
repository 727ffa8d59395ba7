import { CertificateAuthority, Postgres, PostgresStorage, PostgresVersion, Validation } from '../../../src';
import { MOUNT_RULES, WRITTEN_RULES } from '../../../src/rules';
import { certificate, database, Fields, mount, object, secretVolume, service, tlsDatabase, workload } from '../../fixtures';
import { codesIn } from '../../support/findings';
import { chartIn } from '../../support/tree';

const OWN = [...WRITTEN_RULES.rules, ...MOUNT_RULES.rules].map(({ code }) => code);
const ownCodesIn = (manifests: readonly object[]) => codesIn(manifests).filter((code) => OWN.includes(code));

const SERVER = certificate({}, { name: 'server' });
const claimed = (claim: string) => object('apps/v1', 'StatefulSet', 'app', {
  spec: {
    selector: { matchLabels: { app: 'a' } },
    template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'app', image: 'example.com/app:1', volumeMounts: [mount('data', '/data')] }] } },
    volumeClaimTemplates: [{ metadata: { name: claim } }],
  },
});
const ports = (...names: Array<string | undefined>) =>
  workload('Deployment', 'app', { ports: names.map((name, index) => ({ ...(name === undefined ? {} : { name }), containerPort: 80 + index })) }, {});
const labelled = (selector: Fields, labels: Fields) => object('apps/v1', 'Deployment', 'app', {
  spec: { selector: { matchLabels: selector }, template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'example.com/app:1' }] } } },
});
const reader = (securityContext: Fields) => workload('Deployment', 'app', { volumeMounts: [mount('tls', '/tls')] },
  { securityContext, volumes: [secretVolume('tls', 'server', { defaultMode: 0o400, items: [{ key: 'ca.crt', path: 'ca.crt' }] })] });

const elsewhere = (manifest: Fields) => ({ ...manifest, metadata: { ...manifest['metadata'] as object, namespace: 'other' } });
const annotated = (manifest: Fields, annotation: string) => ({ ...manifest, metadata: { ...manifest['metadata'] as object, annotations: { [annotation]: 'yes' } } });
const LOGIN = object('v1', 'Secret', 'login', { stringData: { user: 'app' } });
const SETTINGS = object('v1', 'ConfigMap', 'settings', { data: { 'app.ini': '' }, binaryData: { logo: '' } });
const withEnv = (...entries: Fields[]) => workload('Deployment', 'app', { env: entries.map((valueFrom, index) => ({ name: `V${index}`, valueFrom })) }, {});
const withVolume = (volume: Fields, rest: Fields = {}) => workload('Deployment', 'app', { volumeMounts: [mount('v', '/v', rest)] }, { volumes: [{ name: 'v', ...volume }] });
const projected = (...sources: Fields[]) => withVolume({ projected: { sources } });
const from = (rest: Fields) => workload('Deployment', 'app', { envFrom: [rest] }, {});
const secretKey = (key: string, rest: Fields = {}) => ({ secretKeyRef: { name: 'login', key, ...rest } });
const items = (...keys: string[]) => keys.map((key) => ({ key, path: key }));
const bundle = (name: string) => object('trust.cert-manager.io/v1alpha1', 'Bundle', name, { metadata: { namespace: undefined }, spec: { sources: [{ useDefaultCAs: true }], target: { configMap: { key: 'ca.pem' } } } });
const connecting = (host: string) => workload('Deployment', 'app', { env: [{ name: 'PGHOST', value: host }] }, {});
const governed = (serviceName: string) => { const manifest = database(); return { ...manifest, spec: { ...manifest['spec'] as object, serviceName } }; };
const HEADLESS = service('db', { clusterIP: 'None' });

/** What a pod takes from Secrets and ConfigMaps, and the hosts that it connects to. */
const REFERENCES: Array<[string, string, readonly object[], readonly object[]]> = [
  ['PGTLS-W09', 'a Service with an address', [governed('db'), service('db'), connecting('db-0.db')], [governed('db'), HEADLESS, connecting('db-0.db')]],
  ['PGTLS-W09', 'a headless Service that does not govern', [governed('other'), HEADLESS, connecting('db-0.db.demo.svc')], [governed('db'), HEADLESS, connecting('db-0.db.demo.svc.cluster.local')]],
  ['PGTLS-W09', 'no serviceName', [governed(''), HEADLESS, connecting('db-0.db.demo')], [governed(''), HEADLESS, connecting('db.demo')]],
  ['PGTLS-W09', 'a Service of another namespace is no pod', [governed('db'), service('db'), connecting('db-0.db')], [governed('db'), service('db'), elsewhere(service('db-0')), connecting('db-0.other.svc')]],
  ['PGTLS-W10', 'a Secret', [elsewhere(LOGIN), withEnv(secretKey('user'))], [elsewhere(LOGIN), LOGIN, withEnv(secretKey('user'))]],
  ['PGTLS-W10', 'a Secret that is not there', [elsewhere(LOGIN), from({ secretRef: { name: 'login' } })], [elsewhere(LOGIN), from({ secretRef: { name: 'login', optional: true } })]],
  ['PGTLS-W10', 'a ConfigMap', [elsewhere(SETTINGS), withVolume({ configMap: { name: 'settings' } })], [elsewhere(SETTINGS), withVolume({ configMap: { name: 'other' } })]],
  ['PGTLS-W10', 'a part of a projected volume', [elsewhere(SETTINGS), projected({ configMap: { name: 'settings' } })], [elsewhere(SETTINGS), bundle('settings'), projected({ configMap: { name: 'settings' } })]],
  ['PGTLS-W10', 'a Certificate', [elsewhere(SERVER), withVolume({ secret: { secretName: 'server', items: items('ca.crt') } })],
    [annotated(elsewhere(LOGIN), 'replicator.v1.mittwald.de/replicate-to'), withEnv(secretKey('user'))]],
  ['PGTLS-W11', 'a variable', [LOGIN, withEnv(secretKey('password'))], [LOGIN, withEnv(secretKey('user'), secretKey('password', { optional: true }))]],
  ['PGTLS-W11', 'a variable from a ConfigMap', [SETTINGS, withEnv({ configMapKeyRef: { name: 'settings', key: 'app.yaml' } })], [SETTINGS, withEnv({ configMapKeyRef: { name: 'settings', key: 'app.ini' } })]],
  ['PGTLS-W11', 'a file of a volume', [SETTINGS, withVolume({ configMap: { name: 'settings', items: items('app.ini', 'more') } })], [SETTINGS, withVolume({ configMap: { name: 'settings', items: items('app.ini', 'logo') } })]],
  ['PGTLS-W11', 'a file of a projected volume', [LOGIN, projected({ secret: { name: 'login', items: items('password') } })], [LOGIN, projected({ secret: { name: 'login', optional: true, items: items('password') } })]],
  ['PGTLS-W11', 'a subPath', [SETTINGS, withVolume({ configMap: { name: 'settings' } }, { subPath: 'app.conf' })], [SETTINGS, withVolume({ configMap: { name: 'settings' } }, { subPath: 'app.ini' })]],
  ['PGTLS-W11', 'an empty object that a controller fills', [LOGIN, withEnv(secretKey('password'))], [object('v1', 'Secret', 'login', { data: {} }), withEnv(secretKey('password'))]],
  ['PGTLS-W11', 'an object that a bundle fills', [SETTINGS, withVolume({ configMap: { name: 'settings', items: items('ca.pem') } })], [SETTINGS, bundle('settings'), withVolume({ configMap: { name: 'settings', items: items('ca.pem') } })]],
  ['PGTLS-W11', 'a file that a setting names', [SERVER, tlsDatabase('server', ['ssl_cert_file=/tls/server.crt'])], [SERVER, tlsDatabase('server')]],
];

test.each<[string, string, readonly object[], readonly object[]]>([
  ['PGTLS-W01', 'a claim of another name', [claimed('other')], [claimed('data')]],
  ['PGTLS-W01', 'no volumes', [workload('Deployment', 'app', { volumeMounts: [mount('a', '/a')] }, {})],
    [workload('Deployment', 'app', { volumeMounts: [mount('a', '/a')] }, { volumes: [{ name: 'a', emptyDir: {} }] })]],
  ['PGTLS-W02', 'one container', [ports('web', 'web')], [ports('web', 'more', undefined, undefined)]],
  ['PGTLS-W03', 'another value', [labelled({ app: 'a' }, { app: 'b' })], [labelled({ app: 'a' }, { app: 'a', more: 'b' })]],
  ['PGTLS-W03', 'no label', [labelled({ app: 'a' }, {})], [labelled({}, { app: 'a' })]],
  ['PGTLS-W04', 'no UID and no fsGroup', [SERVER, reader({ runAsNonRoot: true })], [SERVER, reader({ runAsNonRoot: true, fsGroup: 1000 })]],
  ['PGTLS-W04', 'as SCC admission leaves it', [SERVER, reader({ runAsNonRoot: true })], [SERVER, reader({ runAsNonRoot: true, runAsUser: 1000680000, fsGroup: 1000680000 })]],
  ['PGTLS-F02', 'a UID is not left to the platform', [SERVER, reader({ runAsNonRoot: true, runAsUser: 1000 })], [SERVER, reader({ runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 })]],
  ...REFERENCES,
  ['PGTLS-W04', 'a foreign server', [SERVER, tlsDatabase('server', [], { securityContext: { runAsNonRoot: true } })],
    [SERVER, tlsDatabase('server', [], { securityContext: { runAsNonRoot: true, fsGroup: 1000 } })]],
])('%s: %s', (code, _, broken, right) => {
  expect(ownCodesIn(broken)).toEqual([code]);
  expect(ownCodesIn(right)).toEqual([]);
});

test('a database with arbitraryUserId and TLS has no finding about its files', () => {
  const chart = chartIn();
  const { issuer } = new CertificateAuthority(chart, 'ca', { commonName: 'demo' });
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer }, podTemplate: { arbitraryUserId: true } });
  expect(Validation.of(chart).findings().filter(({ rule: { code } }) => OWN.includes(code))).toEqual([]);
});
