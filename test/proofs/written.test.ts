import { CertificateAuthority, Findings, Postgres, PostgresStorage, PostgresVersion } from '../../src';
import { MOUNT_RULES } from '../../src/proofs/private/rules/mounts';
import { WRITTEN_RULES } from '../../src/proofs/private/rules/written';
import { certificate, Fields, mount, object, secret, tlsDatabase, workload } from '../support/pods';
import { codesIn } from '../support/proofs';
import { chartIn } from '../support/tree';

const OWN = [...WRITTEN_RULES.rules, ...MOUNT_RULES.rules].map(({ code }) => code);
const ownCodesIn = (manifests: readonly object[]) => codesIn(manifests).filter((code) => OWN.includes(code));

const SERVER = certificate('server');
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
  { securityContext, volumes: [secret('tls', 'server', { defaultMode: 0o400, items: [{ key: 'ca.crt', path: 'ca.crt' }] })] });

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
  ['PGTLS-W04', 'a foreign server', [SERVER, tlsDatabase('server', [], { securityContext: { runAsNonRoot: true } })],
    [SERVER, tlsDatabase('server', [], { securityContext: { runAsNonRoot: true, fsGroup: 1000 } })]],
])('%s: %s', (code, _, broken, right) => {
  expect([...new Set(ownCodesIn(broken))]).toEqual([code]);
  expect(ownCodesIn(right)).toEqual([]);
});

test('a database with arbitraryUserId and TLS has no finding about its files', () => {
  const chart = chartIn();
  const { issuer } = new CertificateAuthority(chart, 'ca', { commonName: 'demo' });
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), tls: { issuer }, podTemplate: { arbitraryUserId: true } });
  expect(Findings.of(chart).filter(({ code }) => OWN.includes(code))).toEqual([]);
});
