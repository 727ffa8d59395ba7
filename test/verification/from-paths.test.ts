import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Manifests, NotCheckedReason } from '../../src';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'from-paths-')); });
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const WRONG = `# A comment.
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: db, namespace: shop }
spec:
  secretName: db
  dnsNames: [db.shop.svc]
  duration: 90d
  issuerRef: { name: ca, kind: Issuer }
`;

test('what can be read is checked, everything else is named; nothing throws', () => {
  write({ 'a/db.yaml': WRONG, 'a/chart.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: "{{ .Values.name }}" }\n', 'a/values.yaml': 'image: x\n', 'a/broken.yaml': 'apiVersion: v1\nkind: [\n' });
  const manifests = Manifests.fromPaths([folder, join(folder, 'missing.yaml')]);
  expect([manifests.count, manifests.files]).toEqual([1, 5]);
  const placed = manifests.notChecked.map(({ file, reason }) => [relative(folder, file), reason]);
  expect(placed.sort()).toEqual([
    ['a/broken.yaml', NotCheckedReason.INVALID_YAML], ['a/chart.yaml', NotCheckedReason.TEMPLATE], ['a/values.yaml', NotCheckedReason.CHART], ['missing.yaml', NotCheckedReason.UNREADABLE],
  ]);
  const findings = manifests.validate();
  expect(findings.map(({ rule: { code }, severity, location: { file } }) => [code, severity, relative(folder, file!)]).sort()).toEqual([
    ['PGTLS-D01', 'error', 'a/db.yaml'], ['PGTLS-Y01', 'error', 'missing.yaml'], ['PGTLS-Y02', 'error', 'a/broken.yaml'], ['PGTLS-Y03', 'warning', 'a/chart.yaml'],
  ]);
  expect(findings.at(-1)!.severity).toBe('warning');
});

test('a finding has the place of its document, or of its field, in the file', () => {
  write({ 'db.yaml': WRONG });
  const [finding] = Manifests.fromPaths([join(folder, 'db.yaml')]).validate();
  expect(finding).toMatchObject({
    target: { kind: 'Certificate', name: 'db', namespace: 'shop' },
    location: finding!.field === undefined ? { line: 2, column: 1 } : { line: 8, column: 3 },
  });
});

test('a key that occurs twice is a finding at its second occurrence, and the last value is checked', () => {
  write({ 'db.yaml': `${WRONG}  duration: 2160h\n` });
  expect(Manifests.fromPaths([folder]).validate()).toMatchObject([{ rule: { id: 'input-duplicate-key' }, severity: 'warning', field: 'spec.duration', location: { line: 10, column: 3 } }]);
});

test('findings about the input can be acknowledged and excluded by file', () => {
  write({ 'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: "{{ .Values.name }}" }\n' });
  const manifests = Manifests.fromPaths([folder]);
  expect(manifests.validate({ acknowledgements: [{ code: 'input-not-rendered', reason: 'a chart', file: '**/a.yaml' }] })).toMatchObject([{ acknowledged: 'a chart' }]);
  expect(manifests.validate({ exclude: ['input-not-rendered'] })).toEqual([]);
  expect(manifests.validate({ include: ['postgresql'] })).toHaveLength(1);
});

test('arguments are checked', () => {
  expect(() => Manifests.fromPaths('a.yaml' as unknown as string[])).toThrow('Manifests.fromPaths:');
});

test('two equal bad entries of one list, in one line, are two findings', () => {
  write({ 'db.yaml': WRONG.replace('90d', '2160h').replace('[db.shop.svc]', '[a.shop.svc]\n  ipAddresses: [10.0.0.01, 10.0.0.01]') });
  expect(Manifests.fromPaths([folder]).validate().map(({ field, rule: { id } }) => [id, field])).toEqual([['ip-address-invalid', 'spec.ipAddresses[0]'], ['ip-address-invalid', 'spec.ipAddresses[1]']]);
});

test('the field of a key that occurs twice is written as every field is', () => {
  write({ 'policy.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: db, namespace: shop }\nspec:\n  ports:\n    - port: 5432\n      port: 5433\n' });
  expect(Manifests.fromPaths([folder]).validate()).toMatchObject([{ rule: { id: 'input-duplicate-key' }, field: 'spec.ports[0].port' }]);
});
