import { Chart, Size } from 'cdk8s';
import { ClientAuthMode, ClusterIssuer, Postgres, PostgresStorage, PostgresVersion, SslMode, SuperuserAccess } from 'cdk8s-postgres-tls';
import { Construct } from 'constructs';

/** Certificates from a ClusterIssuer that the platform team runs; clients log in with a password, over TLS only. */
export function clusterIssuer(scope: Construct): Chart {
  const chart = new Chart(scope, 'cluster-issuer', { namespace: 'billing' });
  new Postgres(chart, 'billing-db', {
    version: PostgresVersion.V17,
    sslMode: SslMode.REQUIRE,
    clientAuthMode: ClientAuthMode.SCRAM,
    superuserAccess: SuperuserAccess.password(),
    tls: { issuer: ClusterIssuer.fromClusterIssuerName(chart, 'platform-ca', 'platform-ca') },
    storage: PostgresStorage.durable({ size: Size.gibibytes(5) }),
  });
  return chart;
}
