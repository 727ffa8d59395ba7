import { Chart, Size } from 'cdk8s';
import { Postgres, PostgresMonitor, PostgresProps, PostgresServiceType, PostgresStorage, PostgresVersion } from '../../src';
import { chartIn, refusal, written } from '../support/tree';

function database(props: Partial<PostgresProps> = {}): Chart {
  const chart = chartIn();
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), ...props });
  return chart;
}

const SELECTOR = { 'app.kubernetes.io/name': 'postgresql', 'app.kubernetes.io/instance': 'db', 'cdk8s-postgres-tls/database': 'db' };

describe('services', () => {
  test('make a Service of another type, with labels and annotations', () => {
    const chart = database({
      monitor: PostgresMonitor.prometheus(),
      services: {
        primary: { type: PostgresServiceType.LOAD_BALANCER, loadBalancerClass: 'internal', loadBalancerSourceRanges: ['10.0.0.0/8'], externalTrafficPolicy: 'Local', annotations: { dns: 'db.example.com' } },
        stats: { labels: { scrape: 'yes' } },
      },
    });
    const { metadata, spec } = written(chart, 'Service', 'db');
    expect(metadata.annotations).toEqual({ dns: 'db.example.com' });
    expect(spec).toMatchObject({ type: 'LoadBalancer', loadBalancerClass: 'internal', loadBalancerSourceRanges: ['10.0.0.0/8'], externalTrafficPolicy: 'Local', selector: SELECTOR });
    expect(written(chart, 'Service', 'db-stats').metadata.labels.scrape).toBe('yes');
  });
});

test.each<[string, Partial<PostgresProps>, Partial<PostgresProps>]>([
  ['PGTLS-P32: services.stats is given, but monitor is not set', { services: { stats: {} } }, { monitor: PostgresMonitor.prometheus(), services: { stats: {} } }],
  ['PGTLS-P32: services.primary has load balancer settings', { services: { primary: { loadBalancerClass: 'a' } } },
    { services: { primary: { loadBalancerClass: 'a', type: PostgresServiceType.LOAD_BALANCER } } }],
  ["PGTLS-P32: services.primary: externalTrafficPolicy 'Local' is not valid for type ClusterIP", { services: { primary: { externalTrafficPolicy: 'Local' } } },
    { services: { primary: { externalTrafficPolicy: 'Local', type: PostgresServiceType.NODE_PORT } } }],
  ["PGTLS-P32: services.primary: source range '10.0.0.1' is not a network", { services: { primary: { type: PostgresServiceType.LOAD_BALANCER, loadBalancerSourceRanges: ['10.0.0.1'] } } },
    { services: { primary: { type: PostgresServiceType.LOAD_BALANCER, loadBalancerSourceRanges: ['10.0.0.1/32'] } } }],
])('%s', (message, broken, met) => {
  expect(refusal(database(broken))).toContain(`[chart/db] ${message}`);
  expect(refusal(database(met))).toBe('');
});
