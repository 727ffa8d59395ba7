import { stringify } from 'yaml';
import { NotCheckedReason as Reason, readTexts } from '../../src/reading';

const read = (text: string, name = 'a.yaml') => readTexts([[name, text]]);
const certificate = (name: string, spec: object = {}) => stringify({ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name },
  spec: { secretName: 'tls', issuerRef: { name: 'ca' }, ...spec } });

describe('placeholders without a value are one finding for a file, which names them', () => {
  test.each<[string, string, string[], string]>([
    ['Flux', '${HOST}', ['${HOST}'], 'flux build'], ['Flux, twice', '${A}.${B}.${A}', ['${A}', '${B}'], 'flux build'], ['a default that has none', '${NAME:=${OTHER}}', ['${OTHER}'], 'flux build'],
    ['Terraform', '${var.host}', ['${var.host}'], 'rendered file'], ['Kustomize', '$(SERVICE_NAME).$(NAMESPACE)', ['$(SERVICE_NAME)', '$(NAMESPACE)'], 'kustomize build'],
    ['envsubst', '$HOST_NAME.example.com', ['$HOST_NAME'], 'filled in'], ['documentation', '<your host>', ['<your host>'], 'filled in'], ['upper case in a host name', 'WEBHOOK_SVC.NAME_SPACE.svc', ['NAME_SPACE', 'WEBHOOK_SVC'], 'kustomize build'],
    ['sed', '@HOST@', ['@HOST@'], 'filled in'], ['sed, otherwise', '__HOST_NAME__', ['__HOST_NAME__'], 'filled in'],
  ])('%s', (_, host, placeholders, fix) => {
    const { manifests, notChecked } = read(`${certificate('a', { dnsNames: [host] })}---\n${certificate('b')}---\n${certificate('c', { dnsNames: [host] })}`);
    expect(manifests.map(({ content }) => content['metadata'])).toEqual([{ name: 'b' }]);
    expect(notChecked).toEqual([{
      file: 'a.yaml', reason: Reason.PLACEHOLDERS, documents: 2, isFinding: true, position: { file: 'a.yaml', line: 1, column: 1 }, placeholders: expect.arrayContaining(placeholders),
      problem: expect.stringMatching(/^placeholders without a value: /), fix: expect.stringContaining(fix),
    }]);
    expect(notChecked[0]!.placeholders).toHaveLength(placeholders.length);
  });

  test('templates', () => {
    for (const [host, problem] of [['{{ .Values.host }}', 'Helm template: {{ .Values.host }}'], ['{{ host }}', 'template: {{ host }}']] as const) {
      expect(read(certificate('a', { dnsNames: [host] })).notChecked).toEqual([expect.objectContaining({ reason: Reason.TEMPLATE, isFinding: true, placeholders: [host], problem })]);
    }
    const structured = '{{- if .Values.tls }}\napiVersion: v1\nkind: A\nmetadata: { name: {{ include "a" . }} }\n{{- end }}\n---\n# {{ not this }}\napiVersion: v1\nkind: B\nmetadata: { name: {{ .Release.Name }} }\n';
    const { notChecked } = read(structured);
    expect(notChecked).toEqual([expect.objectContaining({ reason: Reason.TEMPLATE, documents: 2, isFinding: true,
      placeholders: ['{{- if .Values.tls }}', '{{ include "a" . }}', '{{- end }}', '{{ .Release.Name }}'], fix: 'check the output of helm template' })]);
  });

  test('in flow style, where they are no YAML', () => {
    expect(read('apiVersion: v1\nkind: A\nmetadata: { name: ${NAME}, labels: { a: [${B}] } }\n').notChecked).toEqual([expect.objectContaining({ reason: Reason.PLACEHOLDERS, placeholders: ['${NAME}', '${B}'] })]);
  });

  test('in braces alone', () => {
    expect(read('apiVersion: v1\nkind: A\nspec:\n  address: {PREFIX}.16\n').notChecked).toEqual([expect.objectContaining({ reason: Reason.PLACEHOLDERS, placeholders: ['{PREFIX}'] })]);
  });

  test('many are counted', () => {
    const { notChecked } = read(certificate('a', { dnsNames: Array.from({ length: 20 }, (_, index) => `\${H${index}}`) }));
    expect(notChecked[0]!.problem).toBe('placeholders without a value: ${H0}, ${H1}, ${H2}, ${H3}, ${H4}, ${H5} and 14 more');
    expect(notChecked[0]!.placeholders).toHaveLength(20);
  });

  test.each(['DB_NAME', 'db-HOSTNAME', 'db-((TEAM))', "(join('-', [$namespace, 'db']))"])('the name %s', (name) => {
    expect(read(stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [{ name: 'db', image: 'postgres:18' }] } })).notChecked)
      .toEqual([expect.objectContaining({ reason: Reason.PLACEHOLDERS, isFinding: true })]);
  });

  test.each(['<the Secret>', 'REPLACE_IN_OVERLAY', 'toBeReplaced'])('the Secret %s of a variable', (name) => {
    const env = [{ name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name, key: 'password' } } }, { name: 'HOST', value: '${HOST}' }];
    expect(read(stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'db' }, spec: { containers: [{ name: 'db', image: 'postgres:18', env }] } })).notChecked)
      .toEqual([expect.objectContaining({ reason: Reason.PLACEHOLDERS, placeholders: [name] })]);
  });

  test('an address in capitals', () => { expect(read(certificate('a', { ipAddresses: ['DB_HOST_IP'] })).notChecked).toEqual([expect.objectContaining({ placeholders: ['DB_HOST_IP'] })]); });

  test('names in capitals that are only wrong are left to the rules', () => {
    for (const name of ['myDB', 'my_db', 'DB-1', 'Postgres']) { expect(read(certificate(name)).manifests).toHaveLength(1); }
  });

  test('in names and namespaces of objects that rules do not read otherwise', () => {
    for (const metadata of [{ name: '${A}' }, { name: 'a', namespace: '${A}' }, { generateName: '${A}-' }]) {
      expect(read(stringify({ apiVersion: 'example.com/v1', kind: 'Thing', metadata })).notChecked).toHaveLength(1);
    }
    expect(read(stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { 'ca.crt': '<base64 of your CA>' } })).notChecked).toHaveLength(1);
  });
});

describe('defaults are used, read as YAML as Flux does', () => {
  test.each<[string, unknown]>([
    ['${A:=web}.${B:-team}.svc', 'web.team.svc'], ['${A:=384}', 384], ['${A:=yes}', true], ['x${A:=384}', 'x384'], ['${A:=${B:=web}}', 'web'], ['${A:=}', null], ['${A=web}', 'web'], ['$${A}', '${A}'],
  ])('%s', (value, expected) => {
    const { manifests, notChecked } = read(certificate('a', { commonName: value }));
    expect(notChecked).toEqual([]);
    expect((manifests[0]!.content['spec'] as { readonly commonName: unknown }).commonName).toBe(expected);
  });
});

describe('no placeholders', () => {
  const pod = (container: object, rest: object = {}) => stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', annotations: { a: '${A}' }, labels: { a: '${A}' } }, spec: { containers: [{ name: 'a', image: 'b', ...container }], ...rest } });
  test.each<[string, string]>([
    ['in commands, arguments and variables', pod({ command: ['sh', '-c', 'echo ${A} $(B) $C {{ d }} <e>'], args: ['$(A)'], env: [{ name: 'A', value: '${B}' }], volumeMounts: [{ subPathExpr: '$(A)' }] })],
    ['in probes', pod({ livenessProbe: { exec: { command: ['${A}'] } } })],
    ['in a ConfigMap', stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { 'a.sh': 'echo ${A} $(B) $C {{ d }}' } })],
    ['in stringData', stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { a: '${A}' } })],
    ['in alerts, which have templates of their own', stringify({ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'a' }, spec: { a: '{{ $labels.instance }}' } })],
    ['in CEL', stringify({ apiVersion: 'policy.cert-manager.io/v1alpha1', kind: 'CertificateRequestPolicy', metadata: { name: 'a' },
      spec: { selector: {}, allowed: { commonName: { value: '*', validations: [{ rule: "self.matches('^<A>$')" }] } } } })],
    ['in a URI with percent signs', certificate('a', { uris: ['https://example.com/%E3%81%82'] })],
    ['in a comment', `# \${A} {{ b }}\n${certificate('a')}`],
    ['in a name that is wrong', certificate('My_Name')],
  ])('%s', (_, text) => {
    const { manifests, notChecked } = read(text);
    expect(notChecked).toEqual([]);
    expect(manifests).toHaveLength(1);
  });
});
