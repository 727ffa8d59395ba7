import { stringify } from 'yaml';
import { NotCheckedReason as Reason, readTexts } from '../../src/reading';

const object = (kind: string, name: string, namespace?: string) => stringify({
  apiVersion: kind === 'Issuer' || kind === 'ClusterIssuer' ? 'cert-manager.io/v1' : 'v1', kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, spec: { selfSigned: {} },
});
const kustomization = (fields: object) => stringify({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...fields });

/** Name and namespace of what is checked. */
const checked = (texts: Record<string, string>) => Object.fromEntries(readTexts(Object.entries(texts)).manifests.map(({ content }) => {
  const { name, namespace } = content['metadata'] as { readonly name: string; readonly namespace?: string };
  return [name, namespace];
}));

describe('the namespace of a kustomization', () => {
  test('replaces that of its resources', () => {
    expect(checked({
      'app/kustomization.yaml': kustomization({ namespace: 'team', resources: ['a.yaml', './b.yaml'] }),
      'app/a.yaml': object('Issuer', 'a', 'system'), 'app/b.yaml': object('Issuer', 'b'), 'app/c.yaml': object('Issuer', 'c', 'system'), 'other/a.yaml': object('Issuer', 'd', 'system'),
    })).toEqual({ a: 'team', b: 'team', c: 'system', d: 'system' });
  });

  test('also of a base, and of objects in the same text', () => {
    expect(checked({
      'overlay/kustomization.yaml': kustomization({ namespace: 'outer', resources: ['../base'] }),
      'base/kustomization.yml': stringify({ namespace: 'inner', resources: ['a.yaml'] }), 'base/a.yaml': object('Issuer', 'a', 'system'),
    })).toEqual({ a: 'outer' });
    expect(checked({ 'all.yaml': `${kustomization({ namespace: 'team' })}---\n${object('Issuer', 'a', 'system')}` })).toEqual({ a: 'team' });
  });

  test('that another program fills in is not known', () => {
    for (const namespace of ['{{ .OperatorNamespace }}', '${NAMESPACE}', 'NAMESPACE_PLACEHOLDER']) {
      expect(checked({ 'app/kustomization.yaml': kustomization({ namespace, resources: ['a.yaml'] }), 'app/a.yaml': object('Issuer', 'a', 'system') })).toEqual({ a: 'system' });
    }
  });

  test('is unknown if several overlays have the same base', () => {
    expect(checked({
      'one/kustomization.yaml': kustomization({ namespace: 'one', resources: ['../base'] }), 'two/kustomization.yaml': kustomization({ namespace: 'two', resources: ['../base'] }),
      'base/kustomization.yaml': kustomization({ resources: ['a.yaml'] }), 'base/a.yaml': object('Issuer', 'a', 'system'),
    })).toEqual({ a: undefined });
  });

  test('is not that of cluster-scoped objects, and does not move their positions', () => {
    const { manifests } = readTexts([['kustomization.yaml', kustomization({ namespace: 'team', resources: ['a.yaml'] })], ['a.yaml', object('ClusterIssuer', 'a')]]);
    expect(manifests[0]!.content['metadata']).toEqual({ name: 'a' });
    expect(manifests[0]!.locate(['spec'])).toEqual({ file: 'a.yaml', line: 5, column: 1 });
  });

  test('is the name of Namespaces', () => {
    const namespace = stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: '_' } });
    const overlay = (name: string) => kustomization({ namespace: name, resources: ['../base'] });
    const base = { 'base/kustomization.yaml': kustomization({ resources: ['a.yaml'] }), 'base/a.yaml': namespace };
    expect(checked({ 'one/kustomization.yaml': overlay('one'), ...base })).toEqual({ one: undefined });
    expect(checked({ 'one/kustomization.yaml': overlay('one'), 'two/kustomization.yaml': overlay('two'), ...base })).toEqual({});
  });

  test('a circle of bases ends', () => {
    expect(checked({
      'x/kustomization.yaml': kustomization({ namespace: 'x', resources: ['../y', 'a.yaml'] }), 'y/kustomization.yaml': kustomization({ resources: ['../x'] }), 'x/a.yaml': object('Issuer', 'a', 'system'),
    })).toEqual({ a: 'system' });
    expect(checked({
      'top/kustomization.yaml': kustomization({ resources: ['../x'] }),
      'x/kustomization.yaml': kustomization({ namespace: 'x', resources: ['../y', 'a.yaml'] }), 'y/kustomization.yaml': kustomization({ resources: ['../x'] }), 'x/a.yaml': object('Issuer', 'a', 'system'),
    })).toEqual({ a: 'x' });
  });
});

test('files that a kustomization names for another use are no manifests', () => {
  const certificate = stringify({ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'a' }, spec: { secretName: 'a', issuerRef: { name: 'b' } } });
  const files = ['p1.yaml', 'p2.yaml', 'p3.yaml', 'conf.yaml', 'gen.yaml', 'trans.yaml', 'repl.yaml', 'vals.yaml', 'data.yaml', 'env.yaml', 'real.yaml'];
  const { manifests, notChecked } = readTexts([
    ['app/kustomization.yaml', kustomization({
      resources: ['real.yaml'], patches: [{ path: 'p1.yaml' }, { patch: '- op: remove\n  path: /a', target: {} }], patchesStrategicMerge: ['p2.yaml', 'kind: A\nmetadata: {}'], patchesJson6902: [{ path: './p3.yaml' }],
      configurations: ['conf.yaml'], generators: ['gen.yaml'], transformers: ['trans.yaml'], replacements: [{ path: 'repl.yaml' }], helmCharts: [{ valuesFile: 'vals.yaml' }],
      configMapGenerator: [{ files: ['key=data.yaml'] }], secretGenerator: [{ envs: ['env.yaml'] }],
    })],
    ...files.map((file): [string, string] => [`app/${file}`, certificate]),
  ]);
  expect(manifests.map(({ file }) => file)).toEqual(['app/real.yaml']);
  expect(notChecked.every(({ isFinding }) => !isFinding)).toBe(true);
  expect(Object.fromEntries(notChecked.map(({ file, reason }) => [file.slice(4), reason]))).toEqual({
    'kustomization.yaml': Reason.KUSTOMIZATION, 'p1.yaml': Reason.PATCH, 'p2.yaml': Reason.PATCH, 'p3.yaml': Reason.PATCH, 'conf.yaml': Reason.KUSTOMIZATION, 'gen.yaml': Reason.KUSTOMIZATION,
    'trans.yaml': Reason.KUSTOMIZATION, 'repl.yaml': Reason.KUSTOMIZATION, 'vals.yaml': Reason.CHART, 'data.yaml': Reason.CONFIGURATION, 'env.yaml': Reason.CONFIGURATION,
  });
});
