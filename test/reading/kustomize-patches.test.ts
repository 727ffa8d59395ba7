import { stringify } from 'yaml';
import { NotCheckedReason as Reason, readTexts } from '../../src/reading';
import { applyJsonPatch } from '../../src/reading/json-patch';
import { strategicMerge } from '../../src/reading/strategic-merge';
import { inputOfTexts, validateInput } from '../../src/verification';

const kustomization = (fields: object) => stringify({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...fields });
const component = (fields: object) => stringify({ apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component', ...fields });
const SOLVERS = [{ dns01: { route53: { region: 'eu-west-1' } }, selector: { dnsZones: ['replace.example.com'] } }];
const issuer = (name = 'acme-dns01', kind = 'ClusterIssuer', metadata: object = {}) => stringify({
  apiVersion: 'cert-manager.io/v1', kind, metadata: { name, ...metadata },
  spec: { acme: { server: 'https://acme-v02.api.letsencrypt.org/directory', privateKeySecretRef: { name: 'account' }, solvers: SOLVERS } },
});
const certificate = stringify({
  apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'api', namespace: 'shop' },
  spec: { secretName: 'api-tls', dnsNames: ['api.one.example.com'], issuerRef: { name: 'acme-dns01', kind: 'ClusterIssuer' } },
});
const ZONE = '/spec/acme/solvers/0/selector/dnsZones/0';
const zone = (value: string) => `- op: replace\n  path: ${ZONE}\n  value: ${value}\n`;

type Texts = Readonly<Record<string, string>>;
const codes = (texts: Texts) => validateInput(inputOfTexts(Object.entries(texts)), {}, { place: '', now: new Date('2026-12-01T00:00:00Z') })
  .filter(({ rule }) => rule.code === 'PGTLS-B15').map(({ location: { file } }) => file);

/** The DNS zones of the issuers that are checked, with the sets that they are in. */
const zones = (texts: Texts) => readTexts(Object.entries(texts)).manifests.flatMap(({ content, sets }) => {
  const solvers = (content['spec'] as { acme?: { solvers: typeof SOLVERS } }).acme?.solvers;
  return solvers === undefined ? [] : [[solvers[0]!.selector.dnsZones[0], sets.map((set) => set.replace('kustomization ', '')).join(' ')]];
});
const patched = (patches: unknown, more: object = {}, base: string = issuer()) => ({ 'app/kustomization.yaml': kustomization({ resources: ['../base/issuer.yaml'], patches, ...more }), 'base/issuer.yaml': base });
const inOverlay = (fields: object) => zones({ 'app/kustomization.yaml': kustomization({ resources: ['../base/issuer.yaml'], ...fields }), 'base/issuer.yaml': issuer() }).map(([one]) => one);

describe('an object that a rule reads', () => {
  const base = { 'base/kustomization.yaml': kustomization({ resources: ['issuer.yaml'] }), 'base/issuer.yaml': issuer() };
  const overlay = (name: string, value?: string) => ({
    [`${name}/kustomization.yaml`]: kustomization({
      resources: ['../base', 'certificate.yaml'], ...(value === undefined ? {} : { patches: [{ target: { kind: 'ClusterIssuer', name: 'acme-.*' }, patch: zone(value) }] }),
    }),
    [`${name}/certificate.yaml`]: certificate,
  });

  test('has the fields that the patch of the same overlay gives it', () => {
    expect(codes({ ...base, ...overlay('one', 'one.example.com') })).toEqual([]);
    expect(codes({ ...base, ...overlay('one', 'two.example.com') })).toEqual(['one/certificate.yaml']);
    expect(codes({ ...base, ...overlay('one') })).toEqual(['one/certificate.yaml']);
  });

  test('is another one in each overlay', () => {
    const texts = { ...base, ...overlay('one', 'one.example.com'), ...overlay('two', 'two.example.com'), ...overlay('three') };
    expect(codes(texts)).toEqual(['two/certificate.yaml', 'three/certificate.yaml']);
    expect(zones(texts)).toEqual([['one.example.com', 'one/kustomization.yaml'], ['two.example.com', 'two/kustomization.yaml'], ['replace.example.com', 'three/kustomization.yaml']]);
  });

  test('is not known if the patch cannot be applied here, and not checked', () => {
    for (const patch of ['- op: copy\n  from: /spec\n  path: /spec/acme', '- op: replace\n  path: /spec/acme/solvers/7\n  value: {}', '- op: replace\n  path: spec\n  value: {}', 'spec: [', 'spec:\n  $setElementOrder/solvers: []']) {
      const texts = { ...base, ...overlay('one'), 'one/kustomization.yaml': kustomization({ resources: ['../base', 'certificate.yaml'], patches: [{ target: { kind: 'ClusterIssuer' }, patch }] }) };
      expect(codes(texts)).toEqual([]);
      expect(zones(texts)).toEqual([]);
      expect(readTexts(Object.entries(texts)).notChecked.filter(({ file }) => file === 'base/issuer.yaml')).toEqual([
        expect.objectContaining({ reason: Reason.PATCH, isFinding: false, problem: 'a patch in one/kustomization.yaml changes it in a way that is not known here' }),
      ]);
    }
  });

  test('is not known with placeholders of a patch; those with a default have it', () => {
    expect(inOverlay({ patches: [{ target: { kind: 'ClusterIssuer' }, patch: zone('${DOMAIN}') }] })).toEqual([]);
    expect(inOverlay({ patches: [{ target: { kind: 'ClusterIssuer' }, patch: zone('${DOMAIN:=one.example.com}') }] })).toEqual(['one.example.com']);
  });

  test('may be deleted', () => {
    const patch = stringify({ $patch: 'delete', apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'acme-dns01' } });
    expect(zones(patched([{ patch }]))).toEqual([]);
    expect(readTexts(Object.entries(patched([{ patch }]))).notChecked.map(({ problem }) => problem)).toContain('a patch in app/kustomization.yaml deletes it');
  });

  test('keeps the position of its fields', () => {
    const [object] = readTexts(Object.entries(patched([{ target: { kind: 'ClusterIssuer' }, patch: zone('one.example.com') }]))).manifests;
    expect(object!.locate(['spec', 'acme', 'server'])).toEqual({ file: 'base/issuer.yaml', line: 7, column: 5 });
  });
});

describe('the target of a patch', () => {
  const isChanged = (target: object, base = issuer('acme-dns01', 'ClusterIssuer', { labels: { tier: 'a' }, annotations: { by: 'x' } })) => zones(patched([{ target, patch: zone('new.example.com') }], {}, base))[0]?.[0] === 'new.example.com';

  test('is a regular expression for the whole value', () => {
    expect(isChanged({ kind: 'ClusterIssuer', name: 'acme-.*' })).toBe(true);
    expect(isChanged({ kind: '.*Issuer', group: 'cert-manager.io', version: 'v1' })).toBe(true);
    expect(isChanged({})).toBe(true);
    for (const target of [{ kind: 'Issuer' }, { name: 'acme' }, { name: 'dns01' }, { group: 'acme.cert-manager.io' }, { version: 'v1beta1' }, { name: 'x.*' }]) { expect(isChanged(target)).toBe(false); }
  });

  test('may have labels and annotations; other selectors are not known', () => {
    expect(isChanged({ labelSelector: 'tier=a, zone!=b' })).toBe(true);
    expect(isChanged({ labelSelector: 'tier=b' })).toBe(false);
    expect(isChanged({ annotationSelector: 'by==x' })).toBe(true);
    expect(zones(patched([{ target: { labelSelector: 'tier in (a)' }, patch: zone('new.example.com') }]))).toEqual([]);
    expect(zones(patched([{ target: { kind: 'Service', labelSelector: 'tier in (a)' }, patch: zone('new.example.com') }]))).toEqual([['replace.example.com', 'app/kustomization.yaml']]);
  });

  test('may have a namespace: that of the object, or the one that a kustomization gives it', () => {
    const inShop = issuer('acme-dns01', 'Issuer', { namespace: 'shop' });
    expect(isChanged({ namespace: 'shop' }, inShop)).toBe(true);
    expect(isChanged({ namespace: 'other' }, inShop)).toBe(false);
    expect(zones(patched([{ target: { namespace: 'team' }, patch: zone('new.example.com') }], { namespace: 'team' }, inShop))[0]).toEqual(['new.example.com', 'app/kustomization.yaml']);
  });

  test('may be the name with the prefix of a base', () => {
    const texts = (name: string) => ({
      'app/kustomization.yaml': kustomization({ resources: ['../base'], patches: [{ target: { name }, patch: zone('new.example.com') }] }),
      'base/kustomization.yaml': kustomization({ namePrefix: 'blue-', nameSuffix: '-x', resources: ['issuer.yaml'] }), 'base/issuer.yaml': issuer(),
    });
    expect(zones(texts('blue-acme-dns01-x'))[0]?.[0]).toBe('new.example.com');
    expect(zones(texts('acme-dns01'))[0]?.[0]).toBe('new.example.com');
    expect(zones(texts('green-acme-dns01'))[0]?.[0]).toBe('replace.example.com');
  });

  test('that may take exponential time, or is no expression, is not known', () => {
    for (const name of ['(a+)+b', '(', '(?<=x', `${'a?'.repeat(200)}`, '(a|aa)+', 'a*a*a*a*a*a*a*b']) { expect(zones(patched([{ target: { name }, patch: zone('new.example.com') }]))).toEqual([]); }
    expect(zones(patched([{ target: { name: '(' , kind: 'Service' }, patch: zone('new.example.com') }]))).toHaveLength(1);
  });
});

describe('patches', () => {
  const merge = (value: string) => stringify({ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'acme-dns01' }, spec: { acme: { solvers: [{ ...SOLVERS[0], selector: { dnsZones: [value] } }] } } });

  test('are texts and files of three fields, each with several documents', () => {
    const files = { 'app/merge.yaml': merge('merge.example.com'), 'app/operations.json': JSON.stringify([{ op: 'replace', path: ZONE, value: 'operations.example.com' }]) };
    const result = (fields: object) => zones({ 'app/kustomization.yaml': kustomization({ resources: ['issuer.yaml'], ...fields }), 'app/issuer.yaml': issuer(), ...files }).filter(([, sets]) => sets === 'app/kustomization.yaml').map(([one]) => one);
    const target = { kind: 'ClusterIssuer', name: 'acme-dns01' };
    expect(result({ patches: [{ path: 'merge.yaml' }] })).toEqual(['merge.example.com']);
    expect(result({ patches: [{ path: './operations.json', target }] })).toEqual(['operations.example.com']);
    expect(result({ patches: [{ patch: merge('text.example.com') }] })).toEqual(['text.example.com']);
    expect(result({ patches: [{ patch: `${merge('text.example.com').replace('dns01', 'other')}---\n${merge('last.example.com')}` }] })).toEqual(['last.example.com']);
    expect(result({ patchesStrategicMerge: ['merge.yaml'] })).toEqual(['merge.example.com']);
    expect(result({ patchesStrategicMerge: [merge('text.example.com')] })).toEqual(['text.example.com']);
    expect(result({ patchesJson6902: [{ path: 'operations.json', target }] })).toEqual(['operations.example.com']);
    expect(result({ patchesJson6902: [{ patch: zone('text.example.com'), target }] })).toEqual(['text.example.com']);
    expect(result({ patches: [{ path: 'absent.yaml', target }] })).toEqual([]);
    expect(result({ patches: [{ path: 'absent.yaml' }], patchesStrategicMerge: ['absent.yaml'] })).toEqual(['replace.example.com']);
  });

  test('of a base are applied before those of its overlay, those of components before those of the kustomization that has them', () => {
    const patches = (value: string, from: string) => [{ target: {}, patch: `- op: test\n  path: ${ZONE}\n  value: ${from}.example.com\n${zone(`${value}.example.com`)}` }];
    const texts = {
      'overlay/kustomization.yaml': kustomization({ resources: ['../base'], components: ['../first', '../second'], patches: patches('overlay', 'second') }),
      'first/kustomization.yaml': component({ components: ['../inner'], patches: patches('first', 'inner') }),
      'inner/kustomization.yaml': component({ patches: patches('inner', 'base') }),
      'second/kustomization.yaml': component({ patches: patches('second', 'first') }),
      'base/kustomization.yaml': kustomization({ resources: ['issuer.yaml'], patches: patches('base', 'replace') }), 'base/issuer.yaml': issuer(),
    };
    expect(zones(texts)).toEqual([['overlay.example.com', 'overlay/kustomization.yaml']]);
  });

  test('of components change what was read before them', () => {
    const patches = (value: string) => [{ target: {}, patch: zone(value) }];
    const texts = {
      'overlay/kustomization.yaml': kustomization({ components: ['../first', '../second', '../third'] }),
      'first/kustomization.yaml': component({ patches: patches('first.example.com') }),
      'second/kustomization.yaml': component({ resources: ['issuer.yaml'] }), 'second/issuer.yaml': issuer(),
      'third/kustomization.yaml': component({}),
    };
    expect(zones(texts)).toEqual([['replace.example.com', 'overlay/kustomization.yaml']]);
    expect(zones({ ...texts, 'third/kustomization.yaml': component({ patches: patches('third.example.com') }) })).toEqual([['third.example.com', 'overlay/kustomization.yaml']]);
  });

  test('of folders that are named with a slash at the end', () => {
    const patches = (value: string) => [{ target: {}, patch: zone(value) }];
    const texts = (components: string[]) => ({
      'overlay/kustomization.yaml': kustomization({ resources: ['../base/'], components }), 'c/kustomization.yaml': component({ components: ['../d/'] }), 'd/kustomization.yaml': component({ patches: patches('d.example.com') }),
      'base/kustomization.yaml': kustomization({ resources: ['issuer.yaml'] }), 'base/issuer.yaml': issuer(),
    });
    expect(zones(texts([]))).toEqual([['replace.example.com', 'overlay/kustomization.yaml']]);
    expect(zones(texts(['../c/']))).toEqual([['d.example.com', 'overlay/kustomization.yaml']]);
  });

  test('of circles end', () => {
    expect(zones({
      'a/kustomization.yaml': component({ components: ['../b'], patches: [{ target: {}, patch: zone('a.example.com') }] }), 'b/kustomization.yaml': component({ components: ['../a'] }),
      'top/kustomization.yaml': kustomization({ resources: ['issuer.yaml'], components: ['../a'] }), 'top/issuer.yaml': issuer(),
    }).map(([one]) => one)).toEqual(['a.example.com']);
  });
});

test.each([
  ['add a field', [{ op: 'add', path: '/b', value: 2 }], { a: { 'x/y': 1, l: [1, 2] }, b: 2 }],
  ['add an item', [{ op: 'add', path: '/a/l/1', value: 9 }], { a: { 'x/y': 1, l: [1, 9, 2] } }],
  ['add at the end', [{ op: 'add', path: '/a/l/-', value: 9 }, { op: 'add', path: '/a/l/3', value: 8 }], { a: { 'x/y': 1, l: [1, 2, 9, 8] } }],
  ['escaped steps', [{ op: 'replace', path: '/a/x~1y', value: 2 }], { a: { 'x/y': 2, l: [1, 2] } }],
  ['remove', [{ op: 'remove', path: '/a/l/0' }, { op: 'remove', path: '/a/x~1y' }], { a: { l: [2] } }],
  ['remove what is absent', [{ op: 'remove', path: '/a/q' }, { op: 'remove', path: '/q/q' }, { op: 'remove', path: '/a/l/5' }], { a: { 'x/y': 1, l: [1, 2] } }],
  ['move', [{ op: 'move', from: '/a/l/0', path: '/b' }], { a: { 'x/y': 1, l: [2] }, b: 1 }],
  ['own fields alone', [{ op: 'add', path: '/__proto__', value: { q: 1 } }, { op: 'remove', path: '/__proto__' }, { op: 'remove', path: '/constructor' }], { a: { 'x/y': 1, l: [1, 2] } }],
  ['replace what is absent', [{ op: 'replace', path: '/a/q', value: 1 }], undefined],
  ['an item after the end', [{ op: 'add', path: '/a/l/4', value: 1 }], undefined],
  ['a field without its parent', [{ op: 'add', path: '/q/r', value: 1 }], undefined],
  ['no pointer', [{ op: 'add', path: 'a', value: 1 }], undefined],
  ['the whole document', [{ op: 'replace', path: '', value: {} }], undefined],
  ['a test that fails', [{ op: 'test', path: '/a/l/0', value: 2 }], undefined],
  ['move of nothing', [{ op: 'move', from: '/q', path: '/b' }], undefined],
  ['copy', [{ op: 'copy', from: '/a', path: '/a/b' }], undefined],
])('JSON patch: %s', (_, operations, expected) => {
  const document = { a: { 'x/y': 1, l: [1, 2] } };
  expect(applyJsonPatch(document, operations)).toEqual(expected);
  expect(document).toEqual({ a: { 'x/y': 1, l: [1, 2] } });
});

describe('strategic merge', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', image: 'x', env: [{ name: 'E', value: '1' }] }, { name: 'b', image: 'y' }], tolerations: [{ key: 'a' }] } };
  const merged = (spec: object, content: object = pod) => strategicMerge(content as Record<string, unknown>, { spec });

  test('lists of Kubernetes by key, new items first; lists without a key are replaced', () => {
    expect(merged({ containers: [{ name: 'c' }, { name: 'a', env: [{ name: 'E', value: '2' }, { name: 'F' }] }], tolerations: [{ key: 'b' }] })).toEqual({
      ...pod, spec: { containers: [{ name: 'c' }, { name: 'a', image: 'x', env: [{ name: 'F' }, { name: 'E', value: '2' }] }, { name: 'b', image: 'y' }], tolerations: [{ key: 'b' }] },
    });
    expect(merged({ ports: [{ port: 1, name: 'x' }, { port: 2 }] }, { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 1, targetPort: 9 }] } })).toMatchObject({ spec: { ports: [{ port: 2 }, { port: 1, targetPort: 9, name: 'x' }] } });
  });

  test('lists of other kinds are replaced', () => {
    expect(merged({ containers: [{ name: 'a' }] }, { ...pod, apiVersion: 'example.com/v1' })).toMatchObject({ spec: { containers: [{ name: 'a' }] } });
  });

  test('null and directives', () => {
    expect(merged({ tolerations: null })).toEqual({ ...pod, spec: { containers: pod.spec.containers } });
    expect(merged({ $patch: 'replace', nodeName: 'n' })).toEqual({ ...pod, spec: { nodeName: 'n' } });
    expect(merged({ containers: [{ $patch: 'delete', name: 'a' }] })).toMatchObject({ spec: { containers: [{ name: 'b', image: 'y' }] } });
    expect(merged({ containers: [{ $patch: 'replace' }, { name: 'z' }] })).toMatchObject({ spec: { containers: [{ name: 'z' }] } });
    expect(merged({ tolerations: { $patch: 'delete' } })).toEqual({ ...pod, spec: { containers: pod.spec.containers } });
    expect(merged({ $retainKeys: ['a'] })).toBeUndefined();
    expect(strategicMerge(pod, { $patch: 'delete' })).toBe('deleted');
  });
});
