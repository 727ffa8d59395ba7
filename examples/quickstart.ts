import { Chart, Size } from 'cdk8s';
import { CertificateAuthority, Postgres, PostgresStorage, PostgresVersion, SuperuserAccess } from 'cdk8s-postgres-tls';
import { Construct } from 'constructs';

/** The shortest way to a verified database: a CA of its own, TLS 1.3, clients known by their certificates. */
export function quickstart(scope: Construct): Chart {
  const chart = new Chart(scope, 'quickstart', { namespace: 'orders' });
  const ca = new CertificateAuthority(chart, 'orders-ca');
  new Postgres(chart, 'orders-db', {
    version: PostgresVersion.V18,
    tls: { issuer: ca.issuer },
    superuserAccess: SuperuserAccess.certificate(),
    storage: PostgresStorage.durable({ size: Size.gibibytes(10) }),
  });
  return chart;
}
