import fc from 'fast-check';
import { stringify } from 'yaml';
import { convertKubeDb, KUBEDB_FIELDS, programText } from '../../src/conversion';
import { mapping } from '../../src/data';
import { readTexts } from '../../src/reading';

const BASE = {
  apiVersion: 'kubedb.com/v1', kind: 'Postgres', metadata: { name: 'pg', namespace: 'demo' },
  spec: { version: '18.3', storage: { resources: { requests: { storage: '1Gi' } } }, tls: { issuerRef: { kind: 'Issuer', name: 'ca' } }, monitor: { agent: 'prometheus.io/operator' } },
};

function withField(value: unknown, [step, ...rest]: ReadonlyArray<string>, field: unknown): unknown {
  if (step === undefined) { return field; }
  const name = step.replace('[]', '');
  return { ...mapping(value), [name]: name === step ? withField(mapping(value)[name], rest, field) : [withField({}, rest, field)] };
}

/** Any prefix of a known field. */
const path = fc.constantFrom(...new Set(Object.keys(KUBEDB_FIELDS).flatMap((pattern) => pattern.split('.').map((_, index, steps) => steps.slice(0, index + 1).join('.')))));
const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>('1Gi', '90d', 'server', 'x'.repeat(300), -1, 0, [null], [[]], {}, [{}], [{ alias: 'server' }, { alias: 'server' }], { name: null }));

test('any value at any field is taken over, or a fault with its place; nothing throws', () => {
  fc.assert(fc.property(fc.array(fc.tuple(path, value), { minLength: 1, maxLength: 4 }), (changes) => {
    const database = changes.reduce<unknown>((inner, [field, given]) => withField(inner, field.split('.'), given), BASE);
    const { faults, databases, entries } = convertKubeDb(readTexts([['db.yaml', stringify(database)]]));
    for (const fault of faults) { expect(fault).toMatch(/^(\[db\.yaml:\d+:\d+\] [^]+; [^]+|the input has no Postgres of kubedb\.com; .+)$/); }
    for (const entry of entries) { expect(entry.line).toBeGreaterThan(0); }
    if (faults.length === 0) { expect(programText(databases)).toContain('new Postgres('); }
  }), { numRuns: 300 });
});

const section = fc.constantFrom('tls', 'updateVersion', 'volumeExpansion', 'verticalScaling', 'configuration', 'horizontalScaling', 'restart', 'databaseRef', 'type', 'apply');
const type = fc.constantFrom('ReconfigureTLS', 'UpdateVersion', 'VolumeExpansion', 'VerticalScaling', 'Reconfigure', 'HorizontalScaling', 'Restart', 'RotateAuth', 'Other');
const field = fc.constantFrom('issuerRef', 'certificates', 'remove', 'sslMode', 'clientAuthMode', 'targetVersion', 'postgres', 'exporter', 'configSecret', 'applyConfig', 'tuning', 'replicas', 'name');

test('any request is applied, or a fault with its place; nothing throws', () => {
  fc.assert(fc.property(type, section, fc.oneof(value, fc.dictionary(field, value, { maxKeys: 3 })), (kind, name, given) => {
    const request = { apiVersion: 'ops.kubedb.com/v1alpha1', kind: 'PostgresOpsRequest', metadata: { name: 'r', namespace: 'demo' }, spec: { databaseRef: { name: 'pg' }, type: kind, [name]: given } };
    const { faults } = convertKubeDb(readTexts([['db.yaml', stringify(BASE)], ['r.yaml', stringify(request)]]));
    for (const fault of faults) { expect(fault).toMatch(/^\[(db|r)\.yaml:\d+:\d+\] [^]+; [^]+$/); }
  }), { numRuns: 300 });
});
