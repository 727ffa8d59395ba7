import { CertManagerVersion, Severity } from '../../../src';
import { bundle, caIssuer, certificate, intermediate, root, selfSignedIssuer } from '../../fixtures';
import { codesIn, findingsIn } from '../../support/findings';

// Renewal policies and windows are fields of 1.21.
const OPTIONS = { certManagerVersion: CertManagerVersion.V1_21 };
const codes = (...manifests: object[]) => codesIn(manifests, OPTIONS);

test.each<[string, object, object]>([
  ['PGTLS-D01', { duration: '90d' }, { duration: '2160h' }],
  ['PGTLS-D01', { duration: 'P90D' }, { duration: '2159h59m60s' }],
  ['PGTLS-D01', { renewBefore: '30 days' }, { renewBefore: '43200m' }],
  ['PGTLS-D01', { duration: '2562048h' }, { duration: '2562047h' }],
  ['PGTLS-D02', { duration: '59m59s', renewBefore: '5m' }, { duration: '1h', renewBefore: '5m' }],
  ['PGTLS-D02', { duration: '-1h', renewBefore: undefined }, { duration: null }],
  ['PGTLS-D03', { renewBefore: '4m59s' }, { renewBefore: '5m' }],
  ['PGTLS-D03', { renewBefore: '-720h' }, { renewBefore: null }],
  ['PGTLS-D03', { duration: '1h', renewBefore: '1h' }, { duration: '1h', renewBefore: '30m' }],
  ['PGTLS-D03', { duration: undefined, renewBefore: '2160h' }, { duration: undefined, renewBefore: '1944h' }],
  ['PGTLS-D04', { renewBeforePercentage: 33 }, { renewBeforePercentage: 33, renewBefore: undefined }],
  ['PGTLS-D05', { renewBefore: undefined, renewBeforePercentage: 100 }, { renewBefore: undefined, renewBeforePercentage: 90 }],
  ['PGTLS-D05', { renewBefore: undefined, renewBeforePercentage: 0, duration: undefined }, { renewBefore: undefined, renewBeforePercentage: 1, duration: undefined }],
  ['PGTLS-D05', { renewBefore: undefined, renewBeforePercentage: 5, duration: '1h' }, { renewBefore: undefined, renewBeforePercentage: 9, duration: '1h' }],
  ['PGTLS-D05', { renewBefore: undefined, renewBeforePercentage: 95, duration: '1h' }, { renewBefore: undefined, renewBeforePercentage: 50, duration: '1h' }],
  ['PGTLS-D06', { renewal: {} }, { renewal: { policy: 'RenewBefore' } }],
  ['PGTLS-D06', windows({ windowDuration: '100ms' }), windows({ windowDuration: '1.5h30m' })],
  ['PGTLS-D06', windows({ windowDuration: undefined }), { renewal: { policy: 'RenewBefore', windows: [] } }],
  ['PGTLS-D06', windows({ cron: '@reboot' }), windows({ cron: '@daily' })],
  ['PGTLS-D06', windows({ cron: '0 3 * * 7' }), windows({ cron: '0 3 * * sun' })],
  ['PGTLS-D06', windows({ cron: '0 0 3 * * *' }), windows({ cron: '0-30/5 3,4 * jan-dec ?' })],
  ['PGTLS-D06', windows({ timezone: 'Mars/Base' }), windows({ timezone: 'Europe/Berlin' })],
  ['PGTLS-D06', windows({ timezone: 'europe/berlin' }), windows({ timezone: 'Etc/GMT+5' })],
  ['PGTLS-D06', windows({ timezone: '+01:00' }), windows({ timezone: 'UTC' })],
  ['PGTLS-D06', windows({ timezone: 'UTC', cron: 'TZ=UTC 0 3 * * *' }), windows({ cron: 'TZ=UTC 0 3 * * *' })],
  ['PGTLS-D09', { renewBefore: '1945h' }, { renewBefore: '1944h' }],
  ['PGTLS-D09', { renewBefore: undefined, renewBeforePercentage: 91 }, { renewBefore: undefined, renewBeforePercentage: 90 }],
  ['PGTLS-D09', { duration: '1h', renewBefore: '31m' }, { duration: '1h', renewBefore: '30m' }],
  ['PGTLS-D10', { revisionHistoryLimit: 0 }, { revisionHistoryLimit: 1 }],
  ['PGTLS-D12', { renewal: { policy: 'Disabled' } }, { renewal: { policy: 'RenewBefore' } }],
  ['PGTLS-D13', windows({ cron: '@monthly' }), windows({ cron: '@weekly' })],
  ['PGTLS-D13', windows({ cron: '0 0 31 2 *' }), windows({ cron: '0 0 31 2 *' }, { cron: '@daily' })],
  ['PGTLS-D13', { ...windows({ cron: '@daily', windowDuration: '1h' }), duration: '24h', renewBefore: '8h' }, { ...windows({ cron: '@daily', windowDuration: '17h' }), duration: '24h', renewBefore: '8h' }],
  ['PGTLS-D13', { ...windows({ cron: '0 * * * *', windowDuration: '1m' }), duration: '2h', renewBefore: '50m' }, { ...windows({ cron: '0,30 * * * *', windowDuration: '1m' }), duration: '2h', renewBefore: '50m' }],
  ['PGTLS-D14', windows({ windowDuration: '0s' }), windows({ windowDuration: '1s' })],
  ['PGTLS-D14', windows({ windowDuration: '0h0m0.0s', cron: '@yearly' }), windows({ windowDuration: '0h0m0.1s' })],
])('%s is broken by %j and met by %j', (code, broken, met) => {
  expect(codes(certificate(broken))).toEqual([code]);
  expect(codes(certificate(met))).toEqual([]);
});

test('windows under Disabled are one finding, for valid and invalid ones', () => {
  const spec = { renewal: { policy: 'Disabled', windows: [window({ cron: 'never' })] } };
  expect(findingsIn([certificate(spec)], OPTIONS).filter(({ rule: { code } }) => code === 'PGTLS-D06')).toHaveLength(1);
});

describe('a leaf and the root that signs it', () => {
  const pair = (ca: object, signed: object) => codes(selfSignedIssuer(), root(ca), caIssuer(), certificate(signed));

  test.each<[string, object, object, object]>([
    ['PGTLS-D07', { duration: '87601h' }, {}, { duration: '8760h' }],
    ['PGTLS-D07', { duration: '2161h' }, { duration: '2160h', renewBefore: '1500h' }, { duration: '1500h' }],
    ['PGTLS-D11', { duration: '8761h' }, {}, { duration: '8760h' }],
    ['PGTLS-D11', { duration: '29201h' }, { renewBefore: undefined }, { duration: '29200h' }],
    ['PGTLS-D11', { duration: '17521h' }, { renewBefore: undefined, renewBeforePercentage: 20 }, { duration: '17520h' }],
  ])('%s is broken by %j under %j and met by %j', (code, broken, ca, met) => {
    expect(pair(ca, broken)).toEqual([code]);
    expect(pair(ca, met)).toEqual([]);
  });

  test('a CA and a leaf that both live for the 90 days of the default, with the key policy of the default', () => {
    const defaults = { duration: undefined, renewBefore: undefined, privateKey: undefined };
    expect(pair(defaults, defaults).sort()).toEqual(['PGTLS-D08', 'PGTLS-E05']);
    expect(pair({ ...defaults, privateKey: { rotationPolicy: 'Never' } }, defaults)).toEqual(['PGTLS-D11']);
    expect(pair({ ...defaults, privateKey: { rotationPolicy: 'Never' } }, { ...defaults, duration: '720h' })).toEqual([]);
  });

  test('is an error where the key changes, and else a warning', () => {
    const severities = (rotationPolicy: string) => findingsIn([selfSignedIssuer(), root({ privateKey: { rotationPolicy } }), caIssuer(), certificate({ duration: '9000h' })], OPTIONS)
      .filter(({ rule: { code } }) => code.startsWith('PGTLS-D')).map(({ severity }) => severity);
    expect(severities('Always')).toEqual([Severity.ERROR]);
    expect(severities('Never')).toEqual([Severity.WARNING]);
  });

  test('is reported with both times and the issuing CA', () => {
    const [finding] = findingsIn([selfSignedIssuer(), root(), caIssuer(), certificate({ duration: '9000h' })]);
    expect(finding!.message).toMatch(/^lifetime 9000h0m0s is longer than the renewBefore of its issuing CA Certificate 'root', 8760h0m0s: its copy of the CA certificate/);
  });

  test('a CA that is never renewed is compared by its own expiry', () => {
    expect(pair({ renewal: { policy: 'Disabled' } }, { duration: '9000h' })).toEqual(['PGTLS-D12']);
  });

  test('a CA with invalid times has no findings at the certificates below it', () => {
    expect(pair({ duration: '90d' }, { duration: '9000h' })).toEqual(['PGTLS-D01']);
    expect(pair({ duration: '1000h', renewBefore: '1000h' }, { duration: '2160h' })).toEqual(['PGTLS-D03']);
  });

  test('a CA outside of the app has no finding', () => {
    expect(codes(caIssuer('made-elsewhere'), certificate({ duration: '876000h' }))).toEqual([]);
    expect(codes(certificate({ duration: '876000h' }))).toEqual([]);
  });
});

describe('a chain', () => {
  const chain = (middle: object, signed: object) =>
    codes(selfSignedIssuer(), root(), caIssuer('root', { name: 'root' }), intermediate(middle), caIssuer('intermediate'), certificate(signed));

  test('has no finding where each lifetime is at most the renewBefore of its issuing CA', () => {
    expect(chain({}, {})).toEqual([]);
    expect(chain({}, { duration: '4320h' })).toEqual([]);
  });

  test('every certificate is compared with its own issuing CA, CAs included', () => {
    expect(chain({ duration: '87601h' }, {})).toEqual(['PGTLS-D07']);
    expect(chain({ duration: '8761h' }, {})).toEqual(['PGTLS-D11']);
  });

  test('a kept key does not help below an intermediate, because the Secret of a leaf contains it', () => {
    expect(chain({}, { duration: '4321h' })).toEqual(['PGTLS-D08']);
    expect(chain({ privateKey: { rotationPolicy: 'Always' } }, { duration: '4321h' })).toEqual(['PGTLS-D08']);
    expect(chain({ privateKey: { rotationPolicy: 'Always' } }, { duration: '4320h' })).toEqual([]);
  });
});

function windows(...changes: object[]) {
  return { renewal: { policy: 'RenewBefore', windows: changes.map(window) } };
}

function window(change: object = {}) {
  return { cron: '0 3 * * *', windowDuration: '2h', ...change };
}

describe('a copy of a root that a client trusts', () => {
  const SHORT = { duration: undefined, renewBefore: undefined };
  /** A root of 90 days, renewed with 30 left, or as given; a leaf that is renewed every 60 days, or as given. */
  const chain = (ca: object = {}, signed: object = {}) => [selfSignedIssuer(), root({ ...SHORT, ...ca }), caIssuer(), certificate(signed)];
  const pod = (spec: object, container: object = {}) => ({
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app', namespace: 'demo' },
    spec: { selector: { matchLabels: { app: 'app' } }, template: { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'app', image: 'example.com/app:1', ...container }], ...spec } } },
  });
  const volume = (items?: object[]) => pod({ volumes: [{ name: 'tls', secret: { secretName: 'db', items } }] }, { volumeMounts: [{ name: 'tls', mountPath: '/tls' }] });
  const item = (key: string) => ({ key, path: key });
  const monitor = (secret: object) => ({
    apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: { name: 'db', namespace: 'demo' }, spec: { selector: {}, endpoints: [{ port: 'metrics', tlsConfig: { ca: { secret } } }] },
  });
  const trustNamespace = { namespace: 'cert-manager' };
  const inTrustNamespace = [selfSignedIssuer(trustNamespace), root(SHORT, trustNamespace), caIssuer('root', trustNamespace)];
  const times = (...manifests: object[]) => codes(...manifests).filter((code) => code.startsWith('PGTLS-D'));

  test.each<[string, object]>([
    ['a volume for it', volume([item('ca.crt')])],
    ['a volume with the pair and it', volume([item('tls.crt'), item('tls.key'), item('ca.crt')])],
    ['a trust store', volume([item('truststore.p12')])],
    ['a variable', pod({}, { env: [{ name: 'ROOT', valueFrom: { secretKeyRef: { name: 'db', key: 'ca.crt' } } }] })],
    ['sslrootcert in a volume of all keys', pod({ volumes: [{ name: 'tls', secret: { secretName: 'db' } }] }, {
      volumeMounts: [{ name: 'tls', mountPath: '/tls' }], env: [{ name: 'DSN', value: 'host=elsewhere sslmode=verify-ca sslrootcert=/tls/ca.crt' }],
    })],
    ['a monitor', monitor({ name: 'db', key: 'ca.crt' })],
  ])('is an error: %s', (_, peer) => {
    expect(times(...chain(), peer)).toEqual(['PGTLS-D15']);
    expect(times(...chain({ duration: '8760h', renewBefore: '2160h' }), peer)).toEqual([]);
  });

  test.each<[string, object[]]>([
    ['the pair alone', [...chain(), volume([item('tls.crt'), item('tls.key')])]],
    ['a volume of all keys', [...chain(), volume()]],
    ['sslrootcert of a client that does not verify', [...chain(), pod({ volumes: [{ name: 'tls', secret: { secretName: 'db' } }] }, {
      volumeMounts: [{ name: 'tls', mountPath: '/tls' }], env: [{ name: 'DSN', value: 'host=elsewhere sslmode=prefer sslrootcert=/tls/ca.crt' }],
    })]],
    ['the certificate of the monitor', [...chain(), monitor({ name: 'db', key: 'tls.crt' })]],
    ['the Secret of the root itself', [...chain(), pod({ volumes: [{ name: 'tls', secret: { secretName: 'root', items: [item('ca.crt')] } }] }, { volumeMounts: [{ name: 'tls', mountPath: '/tls' }] })]],
    ['a copy that is replaced just in time', [...chain({ renewBefore: '1440h' }), volume([item('ca.crt')])]],
  ])('stays a warning: %s', (_, manifests) => { expect(times(...manifests)).toEqual(['PGTLS-D11']); });

  test('a leaf that is never renewed keeps its copy until it expires', () => {
    const never = { renewBefore: undefined, renewal: { policy: 'Disabled' } };
    expect(times(...chain({ renewBefore: '1440h' }, never), volume([item('ca.crt')])).sort()).toEqual(['PGTLS-D12', 'PGTLS-D15']);
  });

  test('of a Bundle is as old as the leaf that it reads', () => {
    const inBundle = certificate({}, { namespace: 'cert-manager' });
    expect(times(...inTrustNamespace, inBundle, bundle({ secret: { name: 'db', key: 'ca.crt' } }))).toEqual(['PGTLS-D15']);
    expect(times(...inTrustNamespace, inBundle, bundle({ secret: { name: 'root', key: 'ca.crt' } }))).toEqual(['PGTLS-D11']);
  });

  test('adds up below an intermediate, whose Secret holds one as well', () => {
    const below = (renewBefore: string) => [
      selfSignedIssuer(), root({ duration: '17520h', renewBefore }), caIssuer('root', { name: 'root' }), intermediate({ duration: '8760h', renewBefore: '4320h' }),
      caIssuer('intermediate'), certificate(), volume([item('ca.crt')]),
    ];
    // 185 days of the intermediate below 60 of the leaf: neither alone is too long for 200 days.
    expect(times(...below('8760h'))).toEqual([]);
    expect(times(...below('4800h')).sort()).toEqual(['PGTLS-D11', 'PGTLS-D15']);
  });

  test('a root with a changing key has another finding', () => {
    expect(times(...chain({ privateKey: { rotationPolicy: 'Always' } }), volume([item('ca.crt')]))).toEqual(['PGTLS-D08']);
  });
});
