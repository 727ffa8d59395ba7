import { Chart } from 'cdk8s';
import { Postgres, PostgresStorage, PostgresVersion, SslMode, SuperuserAccess } from 'cdk8s-postgres-tls';
import { Construct } from 'constructs';

/** No TLS, and data that is deleted with the pod: for tests. */
export function plain(scope: Construct): Chart {
  const chart = new Chart(scope, 'plain', { namespace: 'sandbox' });
  new Postgres(chart, 'scratch-db', {
    version: PostgresVersion.V18,
    sslMode: SslMode.DISABLE,
    superuserAccess: SuperuserAccess.password(),
    storage: PostgresStorage.ephemeral(),
  });
  return chart;
}
