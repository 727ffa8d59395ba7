import { Chart, Size } from 'cdk8s';
import { DeletionPolicy, Postgres, PostgresProps, PostgresStorage, PostgresVersion } from '../../src';
import { chartIn, refusal, written } from '../support/tree';

function database(props: Partial<PostgresProps> = {}): Chart {
  const chart = chartIn();
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), ...props });
  return chart;
}

describe('deletionPolicy', () => {
  test.each([
    [undefined, undefined],
    [DeletionPolicy.HALT, undefined],
    [DeletionPolicy.DELETE, { whenDeleted: 'Delete', whenScaled: 'Retain' }],
  ])('%s: %j', (deletionPolicy, expected) => {
    expect(written(database({ deletionPolicy }), 'StatefulSet').spec.persistentVolumeClaimRetentionPolicy).toEqual(expected);
  });
});

test.each<[string, Partial<PostgresProps>, Partial<PostgresProps>]>([
  ["PGTLS-P35: deletionPolicy 'Halt' keeps the data", { deletionPolicy: DeletionPolicy.HALT, storage: PostgresStorage.ephemeral() }, { deletionPolicy: DeletionPolicy.DELETE, storage: PostgresStorage.ephemeral() }],
])('%s', (message, broken, met) => {
  expect(refusal(database(broken))).toContain(`[chart/db] ${message}`);
  expect(refusal(database(met))).toBe('');
});
