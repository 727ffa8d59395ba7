import { Size, Testing, Yaml } from 'cdk8s';
import { CommittedManifests, Findings, Postgres, PostgresStorage, PostgresVersion } from '../../src';
import { parseQuantity } from '../../src/proofs/private/kubernetes-quantity';
import { chartIn, refusal } from '../support/tree';

test.each<[unknown, number | undefined]>([
  ['10Gi', 10 * 1024 ** 3], ['10G', 1e10], ['1.5Mi', 1.5 * 1024 ** 2], ['100m', 0.1], [7, 7], ['1e3', 1000], ['0', 0], ['', undefined], ['10GB', undefined], ['-1Gi', undefined],
])('the quantity %j', (quantity, number) => {
  expect(parseQuantity(quantity)).toBe(number);
});

describe('a database that is in force', () => {
  const database = (size: Size, wal?: Size) => {
    const chart = chartIn();
    new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size, wal: wal && { size: wal } }) });
    return chart;
  };
  const after = (before: ReturnType<typeof chartIn>, now: ReturnType<typeof chartIn>) => {
    Findings.configure(now, { committed: CommittedManifests.fromTexts({ 'dist/db.yaml': Yaml.stringify(...Testing.synth(before)) }) });
    return now;
  };

  test('cannot get a smaller volume, nor a smaller one for its log', () => {
    const now = after(database(Size.gibibytes(10), Size.gibibytes(2)), database(Size.gibibytes(9), Size.gibibytes(1)));
    expect(refusal(now)).toContain("[chart/db] PGTLS-S01: the volume claim 'data' of StatefulSet 'db' is 10Gi in force and shrinks to 9Gi");
    expect(refusal(now)).toContain("[chart/db] PGTLS-S01: the volume claim 'wal' of StatefulSet 'db' is 2Gi in force and shrinks to 1Gi");
  });

  test('grows with a warning of how', () => {
    const now = after(database(Size.gibibytes(10)), database(Size.gibibytes(20)));
    expect(Findings.of(now)).toEqual([expect.objectContaining({ code: 'PGTLS-S02', path: 'chart/db', message: expect.stringContaining('another volumeClaimTemplates') })]);
  });

  test('may change everything else', () => {
    expect(Findings.of(after(database(Size.gibibytes(10)), database(Size.mebibytes(10_240))))).toEqual([]);
  });
});
