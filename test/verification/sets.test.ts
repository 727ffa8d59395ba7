import { ApiObject } from 'cdk8s';
import { stringify } from 'yaml';
import { type ManifestValidationOptions } from '../../src';
import { readSources } from '../../src/reading/read-texts';
import { inputOf, inputOfTexts, validateInput } from '../../src/verification';
import { chartOfExample } from '../support/rule-example';
import { ruleTexts } from '../../tools/rule-pages';

const circumstances = { place: '', now: new Date('2026-12-01T00:00:00Z') };

/** File and code of what is found in a folder. */
function foundInFolder(texts: Readonly<Record<string, string>>, options: ManifestValidationOptions = {}): string[] {
  const sources = Object.entries(texts).map(([name, text]) => ({ name, text, isNamed: false }));
  return validateInput(inputOf(readSources(sources)), options, circumstances).map(({ rule: { code }, location: { file } }) => `${file!} ${code}`);
}

/** File and code of what is found in texts. */
function found(texts: Readonly<Record<string, string>>, options: ManifestValidationOptions = {}): string[] {
  return validateInput(inputOfTexts(Object.entries(texts)), options, circumstances).map(({ rule: { code }, location: { file } }) => `${file!} ${code}`);
}

const kustomization = (...resources: string[]) => stringify({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources });
const object = (apiVersion: string, kind: string, name: string, spec: object) => stringify({ apiVersion, kind, metadata: { name, namespace: 'shop' }, spec });
const certificate = (name: string, spec: object = {}) =>
  object('cert-manager.io/v1', 'Certificate', name, { secretName: name, dnsNames: [`${name}.shop.svc`], issuerRef: { name: 'ca', kind: 'Issuer' }, ...spec });
const DB = certificate('db');
const TOGETHER = { together: true };

describe('duplicates', () => {
  test('of overlays and examples are alternatives; in one folder they are a fault', () => {
    const apart = { 'examples/one/db.yaml': DB, 'examples/two/db.yaml': DB };
    expect(found(apart)).toEqual([]);
    expect(found(apart, TOGETHER)).toEqual(['examples/two/db.yaml PGTLS-N02']);
    expect(found({ 'examples/db.yaml': DB, 'examples/db-2.yaml': DB })).toEqual(['examples/db-2.yaml PGTLS-N02']);
    expect(found({ 'examples/all.yaml': `${DB}---\n${DB}` })).toEqual(['examples/all.yaml PGTLS-N02']);
  });

  test('of files that were found in one folder are alternatives, and each file is checked alone', () => {
    const samples = { 'samples/db.yaml': DB, 'samples/db-with-duration.yaml': certificate('db', { duration: '30m' }) };
    expect(foundInFolder(samples)).toEqual(['samples/db-with-duration.yaml PGTLS-D02']);
    expect(foundInFolder(samples, TOGETHER)).toEqual(expect.arrayContaining(['samples/db-with-duration.yaml PGTLS-N02']));
    expect(foundInFolder({ 'samples/all.yaml': `${DB}---\n${DB}`, 'samples/db.yaml': DB })).toEqual(['samples/all.yaml PGTLS-N02']);
    expect(foundInFolder({ 'app/kustomization.yaml': kustomization('a.yaml', 'b.yaml'), 'app/a.yaml': DB, 'app/b.yaml': DB })).toEqual(['app/b.yaml PGTLS-N02']);
  });

  test('alternatives still refer to the other files of their folder', () => {
    const issuers = object('cert-manager.io/v1', 'Issuer', 'self', { selfSigned: {} }) + '---\n' + object('cert-manager.io/v1', 'Issuer', 'ca', { ca: { secretName: 'root' } });
    const root = certificate('root', { isCA: true, commonName: 'Shop CA', dnsNames: [], duration: '2160h', privateKey: { algorithm: 'ECDSA', rotationPolicy: 'Never' }, issuerRef: { name: 'self', kind: 'Issuer' } });
    const samples = { 'samples/long.yaml': certificate('db', { duration: '8760h' }), 'samples/short.yaml': DB };
    expect(foundInFolder({ 'samples/ca.yaml': issuers, 'samples/root.yaml': root, ...samples }, { include: ['lifetime-longer-than-ca'] })).toEqual(['samples/long.yaml PGTLS-D07']);
  });

  test('of a Namespace are none: each file that needs it declares it', () => {
    const namespace = stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    expect(found({ 'a/one.yaml': `${namespace}---\n${DB}`, 'a/two.yaml': namespace })).toEqual([]);
    expect(found({ 'a/one.yaml': `${namespace}---\n${namespace}` })).toEqual(['a/one.yaml PGTLS-N02']);
  });

  test('in folders that one kustomization leads to are a fault, at any depth', () => {
    const parts = { 'app/db.yaml': DB, 'more/kustomization.yaml': kustomization('db.yaml'), 'more/db.yaml': DB };
    expect(found({ 'all/kustomization.yaml': kustomization('../app/db.yaml', '../more'), ...parts })).toEqual(['more/db.yaml PGTLS-N02']);
    expect(found(parts)).toEqual([]);
  });

  test('a base is compared with each of its overlays, and the overlays not with each other', () => {
    const base = { 'base/kustomization.yaml': kustomization('db.yaml'), 'base/db.yaml': DB };
    const overlay = (folder: string, name: string) => ({ [`${folder}/kustomization.yaml`]: kustomization('../base', 'x.yaml'), [`${folder}/x.yaml`]: certificate(name) });
    expect(found({ ...base, ...overlay('dev', 'web'), ...overlay('prod', 'web') })).toEqual([]);
    expect(found({ ...base, ...overlay('dev', 'web'), ...overlay('prod', 'db') })).toEqual(['prod/x.yaml PGTLS-N02']);
  });

  test('of inner kustomizations with prefixes of their own are none', () => {
    const variant = (folder: string, fields: object) => ({
      [`${folder}/kustomization.yaml`]: stringify({ kind: 'Kustomization', apiVersion: 'kustomize.config.k8s.io/v1beta1', resources: ['db.yaml'], ...fields }), [`${folder}/db.yaml`]: DB,
    });
    const all = { 'kustomization.yaml': kustomization('one', 'two') };
    expect(found({ ...all, ...variant('one', { namePrefix: 'one-' }), ...variant('two', { nameSuffix: '-two' }) })).toEqual([]);
    expect(found({ ...all, ...variant('one', {}), ...variant('two', {}) })).toEqual(['two/db.yaml PGTLS-N02']);
  });

  test('a file beside a kustomization that does not name it is in the set of its folder', () => {
    expect(found({ 'app/kustomization.yaml': kustomization('db.yaml'), 'app/db.yaml': DB, 'app/example.yaml': DB })).toEqual([]);
  });

  test('standard input is a set of its own', () => {
    expect(found({ '<stdin>': DB, 'db.yaml': DB })).toEqual([]);
    expect(found({ '<stdin>': DB, 'db.yaml': DB }, TOGETHER)).toEqual(['db.yaml PGTLS-N02']);
    expect(found({ '<stdin>': `${DB}---\n${DB}` })).toEqual(['<stdin> PGTLS-N02']);
  });
});

describe.each<readonly [string, string, string, string]>([
  ['a Secret that two Certificates write', certificate('one', { secretName: 'db' }), certificate('two', { secretName: 'db' }), 'PGTLS-A02'],
  ['a Secret with data', certificate('db'), stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' }, stringData: { 'tls.crt': 'x' } }), 'PGTLS-A04'],
  ['controllers that select the same pods', controller('one'), controller('two'), 'PGTLS-N08'],
])('%s', (_, one, two, code) => {
  test('is a fault in one set', () => {
    expect(found({ 'a/one.yaml': one, 'a/two.yaml': two })).toEqual([expect.stringContaining(code)]);
    expect(found({ 'a/one.yaml': one, 'b/two.yaml': two }, TOGETHER)).toEqual([expect.stringContaining(code)]);
  });
  test('is none in alternatives', () => { expect(found({ 'a/one.yaml': one, 'b/two.yaml': two })).toEqual([]); });
});

test('of files that were found in one folder, a workload in other forms and outputs that are named after their files are alternatives', () => {
  const one = controller('web');
  const other = (kind: string, name: string) => one.replace('Deployment', kind).replace('name: web', `name: ${name}`);
  expect(foundInFolder({ 'a/one.yaml': one, 'a/two.yaml': other('DaemonSet', 'web') })).toEqual([]);
  expect(foundInFolder({ 'a/one.yaml': other('StatefulSet', 'web'), 'a/two.yaml': other('Deployment', 'web-deployment') })).toEqual([]);
  expect(foundInFolder({ 'a/one.yaml': controller('one.yaml-web'), 'a/two.yaml': controller('two.yaml-web') }).filter((entry) => !entry.includes('N01'))).toEqual([]);
  // Others are two workloads with the labels of one.
  expect(foundInFolder({ 'a/one.yaml': one, 'a/two.yaml': other('Deployment', 'worker') })).toEqual(['a/one.yaml PGTLS-N08']);
  expect(foundInFolder({ 'a/all.yaml': `${one}---\n${other('DaemonSet', 'web')}` })).toEqual(['a/all.yaml PGTLS-N08']);
  expect(foundInFolder({ 'a/one.yaml': one, 'a/two.yaml': other('DaemonSet', 'web') }, TOGETHER)).toEqual(['a/one.yaml PGTLS-N08']);
});

function controller(name: string): string {
  const labels = { app: 'web' };
  return object('apps/v1', 'Deployment', name, { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'example.com/web:1' }] } } });
}

test('a selector of a base reaches the pods of each overlay, not of both', () => {
  const service = (selector: object) => object('v1', 'Service', 'db', { selector, ports: [{ port: 5432 }] });
  const pods = (name: string, image: string) => object('apps/v1', 'Deployment', name, {
    selector: { matchLabels: { name } }, template: { metadata: { labels: { name, app: 'db' } }, spec: { containers: [{ name: 'x', image, ports: [{ containerPort: 5432 }] }] } },
  });
  const base = { 'base/kustomization.yaml': kustomization('service.yaml'), 'base/service.yaml': service({ app: 'db' }) };
  const overlay = (folder: string, text: string) => ({ [`${folder}/kustomization.yaml`]: kustomization('../base', 'pods.yaml'), [`${folder}/pods.yaml`]: text });
  const [server, other] = [pods('server', 'postgres:17'), pods('other', 'example.com/web:1')];
  expect(found({ ...base, ...overlay('dev', server), ...overlay('prod', other) }, { include: ['selector-matches-database'] })).toEqual([]);
  expect(found({ ...base, ...overlay('dev', server), ...overlay('prod', `${server}---\n${other}`) }, { include: ['selector-matches-database'] })).toEqual(['base/service.yaml PGTLS-N07']);
});

test('databases with one client CA', () => {
  const { wrong } = ruleTexts().find(({ id }) => id === 'client-ca-shared-by-databases')!;
  // The synthesis refuses them.
  const objects = chartOfExample(wrong.body).node.findAll().filter(ApiObject.isApiObject);
  const [orders, billing] = [false, true].map((isBilling) => objects.filter(({ name }) => name.startsWith('billing') === isBilling)
    .map((entry) => stringify(entry.toJson())).join('---\n')) as [string, string];
  const only = { include: ['client-ca-shared-by-databases'] };
  expect(found({ 'a/orders.yaml': orders, 'a/billing.yaml': billing }, only)).toEqual(['a/billing.yaml PGTLS-E40']);
  expect(found({ 'a/orders.yaml': orders, 'b/billing.yaml': billing }, only)).toEqual([]);
  expect(found({ 'a/orders.yaml': orders, 'b/billing.yaml': billing }, { ...only, ...TOGETHER })).toEqual(['b/billing.yaml PGTLS-E40']);
});

describe('references', () => {
  const root = (duration: string) => certificate('root', { isCA: true, commonName: 'Shop CA', dnsNames: [], duration, privateKey: { algorithm: 'ECDSA', rotationPolicy: 'Never' }, issuerRef: { name: 'self', kind: 'Issuer' } });
  const issuers = object('cert-manager.io/v1', 'Issuer', 'self', { selfSigned: {} }) + '---\n' + object('cert-manager.io/v1', 'Issuer', 'ca', { ca: { secretName: 'root' } });
  const long = certificate('db', { duration: '8760h' });
  const of = (texts: Readonly<Record<string, string>>) => found(texts, { include: ['lifetime-longer-than-ca'] });

  test('lead to another set', () => {
    expect(of({ 'ca/root.yaml': root('2160h'), 'ca/issuers.yaml': issuers, 'app/db.yaml': long })).toEqual(['app/db.yaml PGTLS-D07']);
  });

  test('of cainjector lead to the Certificate of their own set', () => {
    const release = (folder: string) => ({
      [`${folder}/issuer.yaml`]: object('cert-manager.io/v1', 'Issuer', 'ca', { selfSigned: {} }), [`${folder}/db.yaml`]: DB,
      [`${folder}/hook.yaml`]: stringify({
        apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'hook', annotations: { 'cert-manager.io/inject-ca-from': 'shop/db' } }, webhooks: [],
      }),
    });
    const { 'v2/hook.yaml': _, ...withoutHook } = release('v2');
    expect(found({ ...release('v1'), ...release('v2') }, { include: ['self-signed-leaf'] })).toEqual([]);
    expect(found({ ...release('v1'), ...withoutHook }, { include: ['self-signed-leaf'] })).toEqual(['v2/db.yaml PGTLS-E10']);
  });

  test('without a namespace, a quota counts the pods of its own set', () => {
    const anywhere = (apiVersion: string, kind: string, spec: object) => stringify({ apiVersion, kind, metadata: { name: 'web' }, spec });
    const quota = anywhere('v1', 'ResourceQuota', { hard: { 'limits.cpu': '500m' } });
    const pod = anywhere('v1', 'Pod', { containers: [{ name: 'web', image: 'example.com/web:1', resources: { limits: { cpu: '1' } } }] });
    expect(found({ 'a/quota.yaml': quota, 'a/pod.yaml': pod })).toEqual(['a/pod.yaml PGTLS-P89']);
    expect(found({ 'a/quota.yaml': quota, 'b/pod.yaml': pod })).toEqual([]);
  });

  test('to an Issuer or a Secret of another namespace count in one set alone', () => {
    const issuer = stringify({ apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'ca', namespace: 'other' }, spec: { selfSigned: {} } });
    const secret = stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'other' }, stringData: { a: 'b' } });
    const pod = object('v1', 'Pod', 'web', { containers: [{ name: 'web', image: 'example.com/web:1', envFrom: [{ secretRef: { name: 'key' } }] }] });
    expect(found({ 'a/db.yaml': DB, 'a/issuer.yaml': issuer, 'a/pod.yaml': pod, 'a/secret.yaml': secret })).toEqual(['a/db.yaml PGTLS-A06', 'a/pod.yaml PGTLS-W10']);
    expect(found({ 'a/db.yaml': DB, 'b/issuer.yaml': issuer, 'a/pod.yaml': pod, 'b/secret.yaml': secret })).toEqual([]);
  });

  test('lead to their own set first, in either order', () => {
    const short = { 'dev/root.yaml': root('2160h'), 'dev/issuers.yaml': issuers };
    const enough = { 'prod/root.yaml': root('87600h'), 'prod/issuers.yaml': issuers, 'prod/db.yaml': long };
    expect(of({ ...short, ...enough })).toEqual([]);
    expect(of({ ...enough, ...short })).toEqual([]);
    expect(of({ ...enough, ...short, 'dev/db.yaml': long })).toEqual(['dev/db.yaml PGTLS-D07']);
  });
});

describe('keys of a ConfigMap', () => {
  const configMap = (key: string) => stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { [key]: 'x' } });
  const variable = { name: 'MODE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode' } } };
  const pod = object('v1', 'Pod', 'app', { containers: [{ name: 'app', image: 'app:1', env: [variable] }] });
  const KEYS = { include: ['secret-or-config-map-key-missing'] };

  test('are those of the pod\'s own set, in either order', () => {
    expect(found({ 'a/map.yaml': configMap('other'), 'b/all.yaml': `${configMap('mode')}---\n${pod}` }, KEYS)).toEqual([]);
    expect(found({ 'a/map.yaml': configMap('mode'), 'b/all.yaml': `${configMap('other')}---\n${pod}` }, KEYS)).toEqual(['b/all.yaml PGTLS-W11']);
  });

  test('are not known if several other folders have one of the name', () => {
    expect(found({ 'a/map.yaml': configMap('other'), 'b/map.yaml': configMap('another'), 'c/pod.yaml': pod }, KEYS)).toEqual([]);
    expect(found({ 'a/map.yaml': configMap('other'), 'c/pod.yaml': pod }, KEYS)).toEqual(['c/pod.yaml PGTLS-W11']);
  });

  test('are not known if the pod occurs several times in folders without it: expected outputs of a test', () => {
    expect(found({ 'maps/map.yaml': configMap('other'), 'pods/one.yaml': pod, 'more/two.yaml': pod }, KEYS)).toEqual([]);
    expect(foundInFolder({ 'maps/map.yaml': configMap('other'), 'pods/one.yaml': pod, 'pods/two.yaml': pod }, KEYS)).toEqual([]);
    expect(found({ 'pods/map.yaml': configMap('other'), 'pods/one.yaml': pod, 'more/two.yaml': pod }, KEYS)).toEqual(['pods/one.yaml PGTLS-W11']);
  });
});
