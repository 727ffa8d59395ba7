import { stringify } from 'yaml';
import { convertKubeDb, ConversionOutcome, programText } from '../../src/conversion';
import { readTexts } from '../../src/reading';

const IMAGE = 'registry.example/postgres-ha:18';
const { TAKEN_OVER: SAME, CHANGED, NOT_SUPPORTED: NOT } = ConversionOutcome;

const yamlOf = (spec: object) => stringify({
  apiVersion: 'kubedb.com/v1', kind: 'Postgres', metadata: { name: 'pg', namespace: 'demo' },
  spec: {
    version: '18.3', clientAuthMode: 'cert', deletionPolicy: 'Halt', storage: { resources: { requests: { storage: '1Gi' } } }, tls: { issuerRef: { kind: 'Issuer', name: 'ca' } }, ...spec,
  },
}, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' });
const converted = (spec: object, image: string | undefined, acknowledge = {}) =>
  convertKubeDb(readTexts([['db.yaml', yamlOf(spec)]]), acknowledge, image);

test('without an image of Patroni, several instances are an error that names the option', () => {
  expect(converted({ replicas: 3, standbyMode: 'Hot', arbiter: {} }, undefined).faults).toEqual([
    expect.stringContaining('Postgres pg: spec.replicas is not supported: 3 instances: give the image of Patroni for them (--patroni-image, option patroniImage)'),
  ]);
});

test.each<[string, object, string]>([
  ['asynchronous, as KubeDB is by default', { replicas: 3 }, `highAvailability: HighAvailability.patroni({ image: '${IMAGE}', members: 3, synchronous: false })`],
  ['synchronous', { replicas: 3, streamingMode: 'Synchronous' }, `highAvailability: HighAvailability.patroni({ image: '${IMAGE}', members: 3, synchronous: true })`],
  ['an even number', { replicas: 2 }, 'members: 2,\n    evenMembers: true,'],
])('several instances, %s', (_, spec, program) => {
  const { databases, faults } = converted(spec, IMAGE);
  expect(faults).toEqual([]);
  expect(programText(databases).replace(/\n {4}/g, ' ').replace(/,\n {2}\}/g, ' }')).toContain(program.replace(/\n {4}/g, ' '));
});

test('one instance needs no Patroni', () => {
  const { databases, faults } = converted({ replicas: 1, streamingMode: 'Synchronous' }, IMAGE);
  expect(faults).toEqual([]);
  expect(programText(databases)).not.toContain('highAvailability');
});

test.each([
  ['standbyMode', 'Hot', SAME, ''],
  ['standbyMode', 'Warm', NOT, ''],
  ['streamingMode', 'Asynchronous', SAME, ''],
  ['streamingMode', 'Synchronous', SAME, 'synchronous: true'],
  ['synchronousReplicationConfig', { mode: 'Any', numSyncReplicas: 1 }, CHANGED, ''],
  ['synchronousReplicationConfig', { commitLevel: 'RemoteApply' }, CHANGED, "synchronous_commit: 'remote_apply'"],
  ['synchronousReplicationConfig', { commitLevel: 'Off' }, NOT, ''],
  ['synchronousReplicationConfig', { numSyncReplicas: 2 }, NOT, ''],
  ['mode', 'Cluster', SAME, ''],
  ['leaderElection', { electionTick: 10 }, CHANGED, ''],
  ['replication.walLimitPolicy', 'ReplicationSlot', SAME, ''],
  ['replication.walLimitPolicy', 'WALKeepSize', CHANGED, ''],
  ['replication.walKeepSize', 1536, SAME, "wal_keep_size: '1536MB'"],
  ['replication.walKeepSegment', 96, CHANGED, ''],
  ['replication.maxSlotWALKeepSize', -1, CHANGED, ''],
  ['replication.maxSlotWALKeepSize', 2048, SAME, "max_slot_wal_keep_size: '2048MB'"],
  ['replication.forceFailoverAcceptingDataLossAfter', '30s', NOT, ''],
  ['arbiter', { resources: {} }, CHANGED, ''],
  ['readReplicas', [{ name: 'reports' }], NOT, ''],
  ['serviceTemplates[0].alias', 'standby', CHANGED, ''],
] as Array<[string, unknown, ConversionOutcome, string]>)('with Patroni, %s: %j', (field, value, outcome, program) => {
  const [parent, child] = field.split(/(?:\[0\])?\./) as [string, string | undefined];
  const spec = child === undefined ? { [parent]: value } : { [parent]: field.includes('[0]') ? [{ [child]: value }] : { [child]: value } };
  const { entries, faults, databases } = converted({ replicas: 3, ...spec }, IMAGE, outcome === NOT ? { [`spec.${field}`]: 'a reason' } : {});
  expect(faults).toEqual([]);
  expect(entries.find((entry) => entry.field === `spec.${field}`)).toMatchObject({ outcome });
  expect(programText(databases)).toContain(program);
});

test('a commit level that YAML reads as a boolean is refused', () => {
  const text = yamlOf({ replicas: 3, synchronousReplicationConfig: { commitLevel: true } });
  expect(convertKubeDb(readTexts([['db.yaml', text]]), {}, IMAGE).faults).toEqual([
    expect.stringContaining("Postgres pg: spec.synchronousReplicationConfig has commitLevel true; quote 'On' and 'Off': YAML reads them as true and false"),
  ]);
});
