import { Chart, Size } from 'cdk8s';
import { Certificate, ClientCa, Issuer, IssuerSource, Postgres, PostgresStorage, PostgresVersion, SslMode, SuperuserAccess } from 'cdk8s-postgres-tls';
import { Construct } from 'constructs';

/** The case of KubeDB's TLS guide: a CA whose key pair the user has put into the Secret `postgres-ca`. */
export function kubedbGuide(scope: Construct): Chart {
  const chart = new Chart(scope, 'kubedb-guide', { namespace: 'demo' });
  const issuer = new Issuer(chart, 'postgres-ca-issuer', {
    source: IssuerSource.ca(Certificate.fromSecretName(chart, 'postgres-ca', 'postgres-ca')),
  });
  new Postgres(chart, 'pg', {
    version: PostgresVersion.V18,
    sslMode: SslMode.VERIFY_FULL,
    superuserAccess: SuperuserAccess.certificate(),
    tls: {
      issuer,
      // One issuer signs everything, as in the guide: everyone who can request a certificate from it can log in as any role.
      clientCa: ClientCa.shared(issuer),
      certificates: {
        server: {
          subject: { organizations: ['kubedb:server'] },
          dnsNames: ['localhost'],
          ipAddresses: ['127.0.0.1'],
        },
      },
    },
    storage: PostgresStorage.durable({ size: Size.gibibytes(1) }),
  });
  return chart;
}
