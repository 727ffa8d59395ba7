import { stringify } from 'yaml';
import { NotCheckedReason as Reason, readTexts, TextFaultKind } from '../../src/reading';

const CERTIFICATE = {
  apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'web', namespace: 'team' },
  spec: { secretName: 'web-tls', dnsNames: ['web.team.svc'], issuerRef: { name: 'ca', kind: 'Issuer' } },
};

const read = (text: string, name = 'a.yaml') => readTexts([[name, text]]);
const yaml = (...objects: unknown[]) => objects.map((object) => stringify(object)).join('---\n');
const namesIn = (text: string, name?: string) => read(text, name).manifests.map(({ content }) => (content['metadata'] as { readonly name?: string } | undefined)?.name);

/** The reasons why the documents of a text were not checked. */
const reasons = (text: string, name?: string) => read(text, name).notChecked.map(({ reason }) => reason);

describe('forms of text', () => {
  test('documents, with their positions', () => {
    const { manifests, documents, files } = read(`# first\n\n${yaml(CERTIFICATE)}--- # second\n\n# of two\n${yaml(CERTIFICATE)}---\n# nothing\n`);
    expect([files, documents, manifests.length]).toEqual([1, 2, 2]);
    expect(manifests.map(({ position }) => position)).toEqual([{ file: 'a.yaml', line: 3, column: 1 }, { file: 'a.yaml', line: 18, column: 1 }]);
    expect(manifests[0]!.content).toEqual(CERTIFICATE);
  });

  test('positions of fields are those of their keys, or of the nearest ancestor', () => {
    for (const style of ['block', 'flow'] as const) {
      const text = style === 'block' ? yaml(CERTIFICATE) : `${JSON.stringify(CERTIFICATE, null, 2)}\n`;
      const { manifests: [manifest] } = read(`# c\n---\n${style === 'flow' ? text.replace('"cert-manager.io/v1"', "'cert-manager.io/v1'") : text}`);
      const at = (...path: (string | number)[]) => { const { line, column } = manifest!.locate(path); return `${line}:${column}`; };
      const expected = style === 'block'
        ? ['3:1', '9:3', '11:7', '13:5', '13:5', '8:1'] : ['3:1', '11:5', '13:7', '16:7', '16:7', '10:3'];
      expect([at(), at('spec', 'secretName'), at('spec', 'dnsNames', 0), at('spec', 'issuerRef', 'name'), at('spec', 'issuerRef', 'name', 'deeper'), at('spec', 'missing')]).toEqual(expected);
    }
  });

  test.each([['CRLF', (text: string) => text.replaceAll('\n', '\r\n')], ['CR', (text: string) => text.replaceAll('\n', '\r')], ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['no line end at the end', (text: string) => text.trimEnd()], ['text on the line of the separator', (text: string) => `--- ${JSON.stringify(CERTIFICATE)}\n---\n${text.split('---\n')[1]!}`],
    ['a directive', (text: string) => `%YAML 1.1\n---\n${text}`]])('%s', (_, change) => {
    const { manifests } = read(change(yaml(CERTIFICATE, CERTIFICATE)));
    expect(manifests.map(({ content }) => content)).toEqual([CERTIFICATE, CERTIFICATE]);
    expect(manifests[1]!.locate(['spec', 'dnsNames', 0]).column).toBe(7);
  });

  test('JSON, JSON lines, and JSON values one after the other', () => {
    const second = { ...CERTIFICATE, metadata: { name: 'b"}{[' } };
    expect(namesIn(JSON.stringify(CERTIFICATE), 'a.json')).toEqual(['web']);
    expect(namesIn(`${JSON.stringify(CERTIFICATE)}\n${JSON.stringify(second)}\n`)).toEqual(['web', 'b"}{[']);
    const { manifests } = read(`${JSON.stringify(CERTIFICATE, null, 4)}\n${JSON.stringify(second, null, 4)}\n`);
    expect(manifests.map(({ content }) => content)).toEqual([CERTIFICATE, second]);
    expect(manifests[1]!.locate(['spec']).line).toBe(manifests[1]!.position.line + 6);
  });

  test('a literal block at the end of a text without a line end has one, as kubectl reads lines', () => {
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'b\n' } };
    expect(read(yaml(config).trimEnd()).manifests[0]!.content).toEqual(config);
  });

  test.each([['octal', '0440', 288], ['octal of YAML 1.2', '0o440', 288], ['a word', 'on', true], ['base 60', '12:30', '12:30'], ['a time', '2026-01-01', '2026-01-01']])('%s', (_, text, value) => {
    const { manifests } = read(`apiVersion: v1\nkind: Thing\nmetadata: { name: a }\nspec: { value: ${text} }\n`);
    expect(manifests[0]!.content['spec']).toEqual({ value });
  });
});

describe('lists', () => {
  test('of any kind and depth are their items', () => {
    const list = (kind: string, ...items: unknown[]) => ({ apiVersion: 'v1', kind, metadata: { resourceVersion: '' }, items });
    const named = (name: string) => ({ ...CERTIFICATE, metadata: { name } });
    expect(namesIn(yaml(list('List', named('a'), list('CertificateList', named('b'), named('c'))), named('d')))).toEqual(['a', 'b', 'c', 'd']);
  });

  test('items of a typed list have its kind', () => {
    const { manifests } = read(yaml({ apiVersion: 'v1', kind: 'SecretList', items: [{ metadata: { name: 'a' } }] }));
    expect(manifests[0]!.content).toEqual({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } });
  });

  test('positions of items', () => {
    const { manifests } = read(yaml({ apiVersion: 'v1', kind: 'List', items: [CERTIFICATE, structuredClone(CERTIFICATE)] }));
    expect(manifests.map((manifest) => [manifest.position.line, manifest.position.column, manifest.locate(['kind']).line])).toEqual([[4, 5, 5], [16, 5, 17]]);
  });

  test('a kind that ends in List and has no items is an object', () => {
    expect(namesIn(yaml({ apiVersion: 'example.com/v1', kind: 'AllowList', metadata: { name: 'a' }, spec: {} }))).toEqual(['a']);
  });
});

describe('what the API server adds', () => {
  const exported = {
    ...CERTIFICATE,
    metadata: {
      ...CERTIFICATE.metadata, uid: 'u', resourceVersion: '7', generation: 2, creationTimestamp: '2026-01-01T00:00:00Z', managedFields: [{ manager: 'kubectl' }], selfLink: '/x',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', 'team/owner': 'a' }, ownerReferences: [{ kind: 'Ingress', name: 'web' }],
    },
    status: { conditions: [] },
  };

  test('is removed', () => {
    expect(read(yaml(exported)).manifests[0]!.content).toEqual({ ...CERTIFICATE, metadata: { ...CERTIFICATE.metadata, annotations: { 'team/owner': 'a' } } });
  });

  test('objects that controllers write are counted only', () => {
    const owned = { ...exported, metadata: { ...exported.metadata, ownerReferences: [{ kind: 'Ingress', name: 'web', controller: true }] } };
    const secret = {
      apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', data: { 'tls.crt': 'LS0t', 'tls.key': 'LS0t' },
      metadata: { name: 'web-tls', annotations: { 'cert-manager.io/certificate-name': 'web', 'cert-manager.io/issuer-name': 'ca' } },
    };
    const { manifests, notChecked } = read(yaml({ apiVersion: 'v1', kind: 'List', items: [CERTIFICATE, owned, secret] }));
    expect(manifests).toHaveLength(1);
    expect(notChecked).toEqual([expect.objectContaining({ reason: Reason.DERIVED, documents: 2, isFinding: false, problem: "Certificate of Ingress 'web'" })]);
    expect(namesIn(yaml({ ...secret, metadata: { name: 'own' } }))).toEqual(['own']);
  });
});

describe('what never reaches an API server is counted, and no finding', () => {
  const kinds: [string, string, Reason][] = [
    ['kustomize.config.k8s.io/v1beta1', 'Kustomization', Reason.KUSTOMIZATION], ['kustomize.config.k8s.io/v1alpha1', 'Component', Reason.KUSTOMIZATION], ['builtin', 'NamespaceTransformer', Reason.KUSTOMIZATION],
    ['kuttl.dev/v1beta1', 'TestStep', Reason.TEST], ['kuttl.dev/v1beta1', 'TestAssert', Reason.TEST], ['chainsaw.kyverno.io/v1alpha1', 'Test', Reason.TEST],
    ['controller.config.cert-manager.io/v1alpha1', 'ControllerConfiguration', Reason.CONFIGURATION], ['webhook.config.cert-manager.io/v1alpha1', 'WebhookConfiguration', Reason.CONFIGURATION],
    ['v1alpha1', 'LinkConfig', Reason.CONFIGURATION], ['clusterctl.cluster.x-k8s.io/v1alpha3', 'Metadata', Reason.CONFIGURATION], ['gateway.envoyproxy.io/v1alpha1', 'EnvoyGateway', Reason.CONFIGURATION],
    ['admission.k8s.io/v1', 'AdmissionReview', Reason.CONFIGURATION], ['gateway.networking.k8s.io/v1', 'ConformanceReport', Reason.CONFIGURATION], ['v1', 'Status', Reason.CONFIGURATION], ['v1', 'Policy', Reason.CONFIGURATION], ['dashboard.grafana.app/v2beta1', 'Dashboard', Reason.CONFIGURATION],
    ['v1', 'Config', Reason.CONFIGURATION], ['kind.x-k8s.io/v1alpha4', 'Cluster', Reason.CONFIGURATION], ['kubeadm.k8s.io/v1beta4', 'ClusterConfiguration', Reason.CONFIGURATION],
    ['kubelet.config.k8s.io/v1beta1', 'KubeletConfiguration', Reason.CONFIGURATION], ['apiserver.config.k8s.io/v1', 'EncryptionConfiguration', Reason.CONFIGURATION],
    ['audit.k8s.io/v1', 'Policy', Reason.CONFIGURATION], ['skaffold/v4beta11', 'Config', Reason.CONFIGURATION], ['eksctl.io/v1alpha5', 'ClusterConfig', Reason.CONFIGURATION],
  ];
  test.each(kinds)('%s %s', (apiVersion, kind, reason) => {
    const { manifests, notChecked } = read(yaml({ apiVersion, kind }, CERTIFICATE, { apiVersion, kind }));
    expect(manifests).toHaveLength(1);
    expect(notChecked).toEqual([expect.objectContaining({ reason, documents: 2, isFinding: false, position: { file: 'a.yaml', line: 1, column: 1 } })]);
  });

  test.each([
    ['a Kustomization of Flux', 'kustomize.toolkit.fluxcd.io/v1', 'Kustomization'], ['a Config of another group', 'config.gatekeeper.sh/v1alpha1', 'Config'], ['a cluster of Cluster API', 'cluster.x-k8s.io/v1beta1', 'Cluster'],
    ['a Policy of Kyverno', 'kyverno.io/v1', 'Policy'], ['a Certificate of another group', 'networking.internal.knative.dev/v1alpha1', 'Certificate'], ['a generator', 'generators.external-secrets.io/v1alpha1', 'Password'],
  ])('but %s does', (_, apiVersion, kind) => { expect(namesIn(yaml({ apiVersion, kind, metadata: { name: 'a' } }))).toEqual(['a']); });

  test.each<[string, string, string, Reason]>([
    ['values', 'charts/db/values-prod.yaml', 'tls: { enabled: true }', Reason.CHART], ['values of a release', 'db-values.yaml', 'tls: {}', Reason.CHART], ['a chart', 'Chart.yaml', 'apiVersion: v2\nname: db\nversion: 1.0.0', Reason.CHART],
    ['a Compose file', 'docker-compose.yml', 'services: {}', Reason.COMPOSE], ['a Compose file by its contents', 'stack.yaml', 'services: { db: { image: postgres } }', Reason.COMPOSE],
    ['a workflow', '.github/workflows/ci.yaml', 'on: push\njobs: {}', Reason.WORKFLOW], ['a workflow by its contents', 'ci.yaml', 'on: push\njobs: {}', Reason.WORKFLOW],
    ['settings', 'settings.yaml', 'replicas: 3\nimage: a', Reason.NO_MANIFEST], ['a kustomization without kind', 'base/kustomization.yaml', 'resources: [a.yaml]', Reason.KUSTOMIZATION],
    ['a list', 'list.yaml', '- a\n- b', Reason.NO_MANIFEST], ['a text', 'a.yaml', 'hello', Reason.NO_MANIFEST], ['comments', 'a.yaml', '# a\n---\n# b', Reason.EMPTY], ['nothing', 'a.yaml', '', Reason.EMPTY],
    ['package.json', 'package.json', '{"name":"a","version":"1"}', Reason.NO_MANIFEST], ['operations of a JSON patch', 'patch.yaml', '- op: add\n  path: /spec/a\n  value: 1', Reason.PATCH],
    ['an expectation of kuttl', 'tests/01-assert.yaml', yaml(CERTIFICATE), Reason.TEST], ['an expectation of Chainsaw', 'tests/chainsaw-assert.yaml', yaml(CERTIFICATE), Reason.TEST],
  ])('%s', (_, name, text, reason) => {
    const { manifests, notChecked } = read(text, name);
    expect(manifests).toEqual([]);
    expect(notChecked).toEqual([expect.objectContaining({ file: name, reason, isFinding: false, documents: 1 })]);
  });
});

describe('a part of an object', () => {
  const half = (kind: string, spec: unknown, apiVersion = 'cert-manager.io/v1') => yaml({ apiVersion, kind, metadata: { name: 'a' }, ...(spec === undefined ? {} : { spec }) });
  test.each<[string, string, string]>([
    ['a Certificate', half('Certificate', { dnsNames: ['a'] }), 'neither secretName nor issuerRef'], ['a Certificate without spec', half('Certificate', undefined), 'neither secretName nor issuerRef'],
    ['an Issuer', half('Issuer', undefined), 'no spec'],
    ['a Deployment', half('Deployment', { template: { spec: { containers: [{ name: 'a', args: ['b'] }] } } }, 'apps/v1'), 'neither selector nor a container with an image'],
    ['a Job', half('Job', { suspend: true }, 'batch/v1'), 'no container with an image'], ['a CronJob', half('CronJob', { suspend: true }, 'batch/v1'), 'neither schedule nor a container with an image'],
    ['a Pod', half('Pod', { containers: [{ name: 'a' }] }, 'v1'), 'no container with an image'], ['a Bundle', half('Bundle', {}, 'trust.cert-manager.io/v1alpha1'), 'neither sources nor target'],
    ['a request policy', half('CertificateRequestPolicy', {}, 'policy.cert-manager.io/v1alpha1'), 'neither selector nor allowed'],
    ['a directive', half('Deployment', { selector: {}, template: { spec: { containers: [{ name: 'a', image: 'b', $patch: 'delete' }] } } }, 'apps/v1'), 'a patch: it has a directive'],
  ])('%s is one finding', (_, text, problem) => {
    const { manifests, notChecked } = read(text);
    expect(manifests).toEqual([]);
    expect(notChecked).toEqual([expect.objectContaining({ reason: Reason.PATCH, isFinding: true, problem: expect.stringContaining(problem), fix: expect.stringContaining('kustomize build') })]);
  });

  test('one missing field is a fault, which rules report', () => {
    expect(namesIn(yaml({ ...CERTIFICATE, spec: { secretName: 'a' } }, { ...CERTIFICATE, spec: { issuerRef: { name: 'a' } } }))).toHaveLength(2);
    expect(namesIn(half('Issuer', {}))).toEqual(['a']);
  });

  test.each<[string, string, boolean]>([
    ['without apiVersion', 'kind: Certificate\nmetadata: { name: a }', true], ['without kind', 'apiVersion: v1\nmetadata: { name: a }', true], ['of another program', 'kind: pipeline\nsteps: []', false],
  ])('a document %s', (_, text, isFinding) => { expect(read(text).notChecked).toEqual([expect.objectContaining({ reason: Reason.FRAGMENT, isFinding })]); });
});

describe('a text that cannot be read', () => {
  test('never stops the others', () => {
    const { manifests, notChecked, files, documents } = readTexts([['a.yaml', 'apiVersion: ['], ['b.yaml', yaml(CERTIFICATE)], ['c.yaml', '\0\u0001']]);
    expect([manifests.length, files, documents]).toEqual([1, 3, 2]);
    expect(notChecked.map(({ file, reason, isFinding }) => [file, reason, isFinding])).toEqual([['a.yaml', Reason.INVALID_YAML, true], ['c.yaml', Reason.BINARY, false]].reverse());
  });

  test('a document does not stop its file', () => {
    const { manifests, notChecked } = read(`${yaml(CERTIFICATE)}---\napiVersion: v1\nspec:\n  hosts:\n    - *.team.example.com\n---\n${yaml(CERTIFICATE)}`);
    expect(manifests).toHaveLength(2);
    expect(notChecked).toEqual([{
      file: 'a.yaml', reason: Reason.INVALID_YAML, documents: 1, isFinding: true, position: { file: 'a.yaml', line: 17, column: 7 },
      problem: expect.stringContaining("'*.team.example.com' needs quotes"), fix: "write '*.team.example.com' in quotes",
    }]);
  });

  test('an anchor of the document above', () => {
    const { notChecked } = read('apiVersion: v1\nkind: A\nlabels: &l { a: b }\n---\napiVersion: v1\nkind: B\nlabels: *l\n');
    expect(notChecked).toEqual([expect.objectContaining({ position: { file: 'a.yaml', line: 7, column: 9 }, problem: expect.stringContaining("no anchor '&l' above it") })]);
  });

  test('a bomb', () => {
    const bomb = `apiVersion: v1\nkind: A\na: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]!},`.repeat(9)}]`).join('\n')}\n`;
    expect(read(bomb).notChecked).toEqual([expect.objectContaining({ reason: Reason.INVALID_YAML, isFinding: true, problem: expect.stringContaining('aliases repeat') })]);
  });

  test('a document of several megabytes in a style that takes much memory', () => {
    for (const [count, size] of [[300_000, '3.9'], [100_000, '1.3']] as const) {
      const text = `apiVersion: v1\nkind: A\nlist:\n${'  - { a: b }\n'.repeat(count)}`;
      expect(read(text).notChecked).toEqual([expect.objectContaining({ reason: Reason.TOO_LARGE, isFinding: true, problem: `a document of ${size} MB is not in plain block style` })]);
    }
  });

  test('JSON that is nested beyond reason', () => {
    expect(reasons(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toEqual([Reason.INVALID_YAML]);
    expect(reasons(`{"a":${'['.repeat(3000)}${']'.repeat(3000)}}`)).toEqual([Reason.INVALID_YAML]);
  });
});

describe('a key that occurs twice', () => {
  test('is a fault at the key that counts, and the document is checked with it', () => {
    const { manifests, faults, notChecked } = read(`${yaml(CERTIFICATE)}  secretName: other\n`);
    expect(manifests.map(({ content }) => (content['spec'] as { readonly secretName: string }).secretName)).toEqual(['other']);
    expect(notChecked).toEqual([]);
    expect(faults).toEqual([{
      kind: TextFaultKind.DUPLICATE_KEY, position: { file: 'a.yaml', line: 13, column: 3 }, path: ['spec', 'secretName'],
      problem: "key 'secretName' occurs twice in 'spec': kubectl applies the last value, and refuses it with strict validation", fix: 'remove one of them',
    }]);
  });

  test('in a file that is no manifest is none', () => { expect(read('a: 1\na: 2\n').faults).toEqual([]); });
});

describe('encrypted', () => {
  const cipher = 'ENC[AES256_GCM,data:AAAA,iv:BBBB=,tag:CCCC==,type:str]';
  test.each<[string, string, boolean, string]>([
    ['with SOPS', yaml({ ...CERTIFICATE, spec: { secretName: cipher, issuerRef: { name: 'a' } }, sops: { mac: cipher, version: '3.9.0' } }), true, 'SOPS'],
    ['with SOPS, metadata in another place', yaml({ ...CERTIFICATE, spec: { secretName: cipher, issuerRef: { name: 'a' } } }), true, 'SOPS'],
    ['a Secret with SOPS', yaml({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: cipher }, sops: { mac: cipher } }), false, 'SOPS'],
    ['with ansible-vault', '$ANSIBLE_VAULT;1.1;AES256\n66386439653\n', true, 'ansible-vault'],
    ['a field with ansible-vault', 'apiVersion: v1\nkind: A\nmetadata: { name: a }\nspec:\n  a: !vault |\n    $ANSIBLE_VAULT;1.1;AES256\n    6638\n', true, 'ansible-vault'],
    ['with age', '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n', true, 'age'],
  ])('%s', (_, text, isFinding, program) => {
    expect(read(text).manifests).toEqual([]);
    expect(read(text).notChecked).toEqual([expect.objectContaining({ reason: Reason.ENCRYPTED, isFinding, problem: `encrypted with ${program}` })]);
  });

  test('a SealedSecret is an object like others', () => {
    expect(namesIn(yaml({ apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'a' }, spec: { encryptedData: { a: 'AgBy' } } }))).toEqual(['a']);
  });
});

test('hostile values of fields do no harm', () => {
  for (const text of ['metadata: a', 'metadata: []', 'spec: []', 'apiVersion: 1', 'kind: []', 'items: 1', 'metadata: { annotations: a, ownerReferences: 1 }', 'sops: 1', '__proto__: { a: 1 }']) {
    for (const prefix of ['', 'apiVersion: v1\nkind: Secret\n', 'apiVersion: v1\nkind: List\n', 'apiVersion: apps/v1\nkind: Deployment\n']) {
      const result = read(`${prefix}${text}\n`);
      for (const manifest of result.manifests) { manifest.locate(['metadata', 'name']); }
      expect(result.manifests.length + result.notChecked.length).toBe(1);
    }
  }
});
