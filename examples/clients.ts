import { Chart, Cron, Size } from 'cdk8s';
import {
  CertificateAuthority, CertificateAuthorityScope, ClientCa, ClientPrivileges, Postgres, PostgresStorage, PostgresVersion, TrustBundle, TrustedCa, TrustSource, Validation,
} from 'cdk8s-postgres-tls';
import { Cpu, CronJob, Deployment, ImagePullPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

const IMAGE = 'docker.io/library/postgres:18.4'; // your application
const WHO = 'SELECT current_user, current_database(), version FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
const application = (afterwards: string) => ({
  image: IMAGE, imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
  command: ['sh', '-c', `until psql --no-align --tuples-only --command "${WHO}"; do sleep 2; done${afterwards}`],
  securityContext: { user: 1000 },
  resources: { cpu: { request: Cpu.millis(20) }, memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) } },
});
const SERVICE = { replicas: 1, containers: [application('; sleep infinity')] };

/** Applications that connect: an owner, a writer and a reader of two databases, the writer in another namespace; and the database of another team. */
export function clients(scope: Construct): Chart[] {
  const platform = new Chart(scope, 'clients-platform', { namespace: 'cert-manager' });
  const ca = new CertificateAuthority(platform, 'database-servers', { scope: CertificateAuthorityScope.cluster() });
  const trust = new TrustBundle(platform, 'database-servers-ca', { sources: [TrustedCa.fromCertificateAuthority(ca).root], namespaceLabels: { 'postgres-clients': 'true' } });
  const common = { version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }) };

  const sales = new Chart(scope, 'clients-sales', { namespace: 'sales' });
  const db = new Postgres(sales, 'sales-db', { ...common, tls: { issuer: ca, trustedServerCas: TrustSource.fromBundle(trust), clientCa: ClientCa.clusterScoped() } });
  Validation.of(db).acknowledge('PGTLS-E14', 'only the platform team may create Certificates, in every namespace of this cluster');
  const orders = db.addClient('orders'); // owns the database of its name
  db.addDatabase('archive', { owner: 'orders' });
  const shop = db.addClient('shop', { database: 'orders', privileges: ClientPrivileges.readWrite() });
  const reports = db.addClient('reports', { databases: ['orders', 'archive'], privileges: ClientPrivileges.readOnly() });

  orders.connect(new Deployment(sales, 'orders', { metadata: { name: 'orders' }, ...SERVICE }));
  reports.connect(new CronJob(sales, 'reports', { metadata: { name: 'reports' }, schedule: Cron.daily(), containers: [application('')] }));

  const storefront = new Chart(scope, 'clients-storefront', { namespace: 'storefront' });
  shop.connect(new Deployment(storefront, 'shop', { metadata: { name: 'shop' }, ...SERVICE }));

  const finance = new Chart(scope, 'clients-finance', { namespace: 'finance' });
  const ledger = new Postgres(finance, 'ledger-db', { ...common, tls: { issuer: ca, trustedServerCas: TrustSource.fromBundle(trust) } }).addClient('ledger');
  ledger.connect(new Deployment(finance, 'ledger', { metadata: { name: 'ledger' }, ...SERVICE }));
  return [platform, sales, storefront, finance];
}
