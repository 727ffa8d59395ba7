import { Size } from 'cdk8s';
import { Postgres, PostgresStorage, PostgresVersion } from '../../src';
import { chartIn, written } from '../support/tree';

test('the PodDisruptionBudget allows a drain to evict the pod, also an unhealthy one', () => {
  const chart = chartIn();
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }) });
  expect(written(chart, 'PodDisruptionBudget').spec).toEqual({
    selector: { matchLabels: { 'app.kubernetes.io/name': 'postgresql', 'app.kubernetes.io/instance': 'db', 'cdk8s-postgres-tls/database': 'db' } },
    maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow',
  });
});
