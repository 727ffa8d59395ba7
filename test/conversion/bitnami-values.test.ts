import { stringify } from 'yaml';
import { VALUE_CASES } from './bitnami-cases';
import { BITNAMI_VALUES, type Conversion, ConversionOutcome, convertBitnamiValues, programText } from '../../src/conversion';
import { mapping } from '../../src/data';
import { readSettings } from '../../src/reading';

const ISSUER = { variable: 'issuer', statement: { variable: 'issuer', id: 'ca', make: 'Issuer.fromIssuerName', parameters: ['ca'] } };
const BASE = { tls: { enabled: true }, metrics: { enabled: true, serviceMonitor: { enabled: true } } };

function withValue(values: unknown, [step, ...rest]: ReadonlyArray<string>, value: unknown): unknown {
  return step === undefined ? value : { ...mapping(values), [step]: withValue(mapping(values)[step], rest, value) };
}

const convert = (values: unknown, acknowledge: Readonly<Record<string, string>> = {}): Conversion => (
  convertBitnamiValues(readSettings('values.yaml', stringify(values, { version: '1.1' })), { release: 'orders', namespace: 'shop', issuer: ISSUER }, acknowledge));
const PROGRAM = programText(convert(BASE).databases);

test('every value has a case, and every case a value', () => {
  expect([...new Set(VALUE_CASES.map(([path]) => path))].sort()).toEqual(Object.keys(BITNAMI_VALUES).sort());
});

test.each(VALUE_CASES.map((entry) => [entry[0], JSON.stringify(entry[1]), entry] as const))('%s: %s', (path, _, [, value, outcome, expected]) => {
  const values = withValue(BASE, path.split('.'), value);
  const isRefused = outcome === ConversionOutcome.NOT_SUPPORTED;
  const { entries, faults, databases } = convert(values, isRefused ? { [path]: 'a reason' } : {});
  expect(faults).toEqual([]);
  expect(entries.filter(({ field }) => field === path)).toEqual([expect.objectContaining({ object: 'values', outcome, file: 'values.yaml', note: expect.stringMatching(/\w/) })]);
  const program = programText(databases);
  // A value with an effect changes the program of the base, every other one leaves it.
  if (expected === undefined) { expect(program).toBe(PROGRAM); return; }
  const without = /^without (\w+)$/.exec(expected)?.[1];
  if (without === undefined) { expect(program).toContain(expected); return; }
  expect(PROGRAM).toContain(`${without}: `);
  expect(program).not.toContain(`${without}: `);
});

test.each(VALUE_CASES.filter(([, , outcome]) => outcome === ConversionOutcome.NOT_SUPPORTED).map(([path, value]) => [path, JSON.stringify(value), value] as const))('%s: %s is an error without an acknowledgement', (path, _, value) => {
  const { faults } = convert(withValue(BASE, path.split('.'), value));
  expect(faults).toEqual([expect.stringMatching(/^\[values\.yaml:\d+:\d+\] values: \S+ is not supported: .+; change it, or acknowledge '.+' with a reason to leave it out$/)]);
  expect(faults[0]).toContain(` ${path} is not supported: `);
});

describe('what depends on another value', () => {
  test.each<[string, object, string]>([
    ['the chart keeps no claim', { primary: { persistentVolumeClaimRetentionPolicy: { enabled: true, whenDeleted: 'Delete' } } }, 'deletionPolicy: DeletionPolicy.DELETE'],
    ['a Secret with the key of this package', { auth: { existingSecret: 'login', secretKeys: { adminPasswordKey: 'password' } } }, 'superuserAccess: SuperuserAccess.password(loginSecret)'],
    ['the Secret of all charts of a release', { auth: { existingSecret: 'other' }, global: { postgresql: { auth: { existingSecret: 'login', secretKeys: { adminPasswordKey: 'password' } } } } }, 'superuserAccess: SuperuserAccess.password(loginSecret)'],
    ['the class of the volume before that of all charts', { global: { defaultStorageClass: 'slow' }, primary: { persistence: { storageClass: 'fast' } } }, "storageClassName: 'fast'"],
  ])('%s', (_, values, expected) => {
    const { faults, databases } = convert({ ...BASE, ...values });
    expect(faults).toEqual([]);
    expect(programText(databases)).toContain(expected);
  });

  test('values of a part are not faults beside the part', () => {
    expect(convert({ ldap: { enabled: true, server: 'x', uri: 'y', tls: { enabled: true } } }).faults).toEqual([expect.stringContaining('ldap.enabled is not supported')]);
    expect(convert({ ldap: { enabled: true, server: 'x' } }, { 'ldap.enabled': 'a reason' }).faults).toEqual([]);
  });

  test('sections of standbys are part of the architecture', () => {
    const values = { architecture: 'replication', replication: { synchronousCommit: 'on' }, readReplicas: { replicaCount: 2 } };
    expect(convert(values).faults).toEqual([expect.stringContaining('architecture is not supported')]);
  });
});

// The properties that the messages name are those of the construct.
test.each([
  ['tls.crlFilename', 'ca.crl', "property 'tls.certificateRevocationList'"],
  ['primary.pgHbaConfiguration', 'host all all all md5', "AccessRule.host, hostssl or hostnossl into property 'accessRules'"],
  ['primary.initdb.args', '--wal-segsize=64', '--encoding is init.encoding, --locale init.locale, --data-checksums init.dataChecksums, --wal-segsize init.walSegmentSize'],
  ['primary.initdb.scripts', { 'a.sql': 'SELECT 1' }, 'put them into a ConfigMap, name it in primary.initdb.scriptsConfigMap, and remove them here'],
  ['primary.preInitDb.scripts', { 'a.sh': 'true' }, "an init container of property 'podTemplate'"],
])('the message of %s names what to do', (path, value, message) => {
  expect(convert(withValue({}, path.split('.'), value)).faults).toEqual([expect.stringContaining(message)]);
});
