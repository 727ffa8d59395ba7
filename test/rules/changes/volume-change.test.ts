import { ApiObject, JsonPatch, Size, Testing, Yaml } from 'cdk8s';
import { CommittedManifests, Postgres, PostgresStorage, PostgresVersion, Validation } from '../../../src';
import { parseQuantity } from '../../../src/formats';
import { chartIn, refusal } from '../../support/tree';

test.each<[unknown, number | undefined]>([
  ['10Gi', 10 * 1024 ** 3], ['10G', 1e10], ['1.5Mi', 1.5 * 1024 ** 2], ['100m', 0.1], [7, 7], ['1e3', 1000], ['0', 0], ['', undefined], ['10GB', undefined], ['-1Gi', undefined],
])('the quantity %j', (quantity, number) => {
  expect(parseQuantity(quantity)).toBe(number);
});

describe('a database that is currently applied', () => {
  const database = (size: Size, wal?: Size, ...patches: JsonPatch[]) => {
    const chart = chartIn();
    const db = new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size, wal: wal && { size: wal } }) });
    ApiObject.of(db).addJsonPatch(...patches);
    return chart;
  };
  const after = (before: ReturnType<typeof chartIn>, now: ReturnType<typeof chartIn>) => {
    Validation.of(now).configure({ committed: CommittedManifests.fromTexts({ 'dist/db.yaml': Yaml.stringify(...Testing.synth(before)) }) });
    return now;
  };
  const GIBIBYTE = Size.gibibytes(1);
  const message = (code: string, text: string) => [expect.objectContaining({ rule: expect.objectContaining({ code }), location: expect.objectContaining({ path: 'chart/db' }), message: expect.stringContaining(text) })];

  test('cannot get a smaller volume, nor a smaller one for its log', () => {
    const now = after(database(Size.gibibytes(10), Size.gibibytes(2)), database(Size.gibibytes(9), Size.gibibytes(1)));
    expect(refusal(now)).toContain("[chart/db] PGTLS-S01: the volume claim 'data' of StatefulSet 'db' is currently 10Gi and shrinks to 9Gi");
    expect(refusal(now)).toContain("[chart/db] PGTLS-S01: the volume claim 'wal' of StatefulSet 'db' is currently 2Gi and shrinks to 1Gi");
  });

  test('can get a larger volume, with a warning about the procedure', () => {
    expect(Validation.of(after(database(Size.gibibytes(10)), database(Size.gibibytes(20)))).findings()).toEqual(message('PGTLS-S02', "changes the size of volume claim 'data' from 10Gi to 20Gi"));
  });

  test('may change everything else', () => {
    expect(Validation.of(after(database(Size.gibibytes(10)), database(Size.mebibytes(10_240)))).findings()).toEqual([]);
  });

  test.each<[string, JsonPatch[], string, string]>([
    ['the running pod fits', [JsonPatch.add('/spec/volumeClaimTemplates/0/spec/storageClassName', 'fast')], 'PGTLS-S02', "changes the storage class of volume claim 'data' (the existing claim keeps its class)"],
    ['the running pod fits', [JsonPatch.replace('/spec/volumeClaimTemplates/0/spec/accessModes', ['ReadWriteOncePod'])], 'PGTLS-S02', "changes the access modes of volume claim 'data' to ReadWriteOncePod (the existing claim keeps its modes)"],
    ['the running pod fits', [JsonPatch.add('/spec/volumeClaimTemplates/0/metadata/labels', { a: 'b' })], 'PGTLS-S02', "changes the template of volume claim 'data'"],
    ['the running pod fits', [JsonPatch.add('/spec/podManagementPolicy', 'OrderedReady')], 'PGTLS-S02', 'changes podManagementPolicy'],
    ['the pod has to go', [JsonPatch.add('/spec/selector/matchLabels/more', 'yes'), JsonPatch.add('/spec/template/metadata/labels/more', 'yes')], 'PGTLS-S16', 'changes selector'],
    ['the pod has to go', [JsonPatch.replace('/spec/serviceName', 'other')], 'PGTLS-S16', 'changes serviceName'],
    ['the pod has to go', [JsonPatch.add('/spec/volumeClaimTemplates/-', { metadata: { name: 'backup' }, spec: {} })], 'PGTLS-S16', "changes volumeClaimTemplates (adds 'backup')"],
    ['the pod has to go', [JsonPatch.replace('/spec/serviceName', 'other'), JsonPatch.add('/spec/podManagementPolicy', 'OrderedReady')], 'PGTLS-S16', 'changes serviceName, podManagementPolicy'],
  ])('is made again where the API server refuses: %s after %j', (_, patches, code, text) => {
    const found = Validation.of(after(database(GIBIBYTE), database(GIBIBYTE, undefined, ...patches))).findings();
    expect(found.filter((finding) => finding.rule.code.startsWith('PGTLS-S'))).toEqual(message(code, text));
  });

  test('no fix creates an empty database: --cascade=orphan alone only with the same selector and claim names', () => {
    const remedies = (...patches: JsonPatch[]) => Validation.of(after(database(GIBIBYTE), database(GIBIBYTE, undefined, ...patches))).findings()
      .map((finding) => finding.message).join();
    expect(remedies(JsonPatch.add('/spec/podManagementPolicy', 'OrderedReady'))).toContain('delete the StatefulSet with --cascade=orphan: selector and claim names stay the same');
    expect(remedies(JsonPatch.replace('/spec/serviceName', 'other'))).toContain('delete the StatefulSet with --cascade=orphan and then its pod');
    const renamed = remedies(JsonPatch.replace('/spec/volumeClaimTemplates/0/metadata/name', 'pgdata'));
    expect(renamed).toContain('keep the storage durable');
    expect(renamed).not.toContain('orphan');
  });

  test('a value in another order, null, or what the API server fills in, is the same', () => {
    const [first, second] = [{ metadata: { name: 'data' }, spec: { resources: { requests: { storage: '1Gi' } }, accessModes: ['ReadWriteOnce'] } },
      { spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', storageClassName: null, resources: { requests: { storage: '1024Mi' } } }, metadata: { name: 'data', creationTimestamp: null }, status: { phase: 'Pending' } }];
    const patched = (claim: object) => database(GIBIBYTE, undefined, JsonPatch.replace('/spec/volumeClaimTemplates', [claim]));
    expect(Validation.of(after(patched(first), patched(second))).findings()).toEqual([]);
  });
});
