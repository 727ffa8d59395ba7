"""The applications of clients.ts that connect, in Python: the same manifests, byte by byte."""

from cdk8s import App, Chart, Cron, Size
from cdk8s_plus_27 import (
    ContainerProps, ContainerResources, ContainerSecurityContextProps, Cpu, CpuResources, CronJob, Deployment, ImagePullPolicy, MemoryResources,
)
from cdk8s_postgres_tls import (
    CertificateAuthority, CertificateAuthorityScope, ClientCa, ClientPrivileges, Postgres, PostgresStorage, PostgresTls, PostgresVersion, TrustBundle, TrustedCa,
    TrustSource, Validation,
)

IMAGE = "docker.io/library/postgres:18.4"  # your application
WHO = "SELECT current_user, current_database(), version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"


def application(afterwards: str) -> ContainerProps:
    return ContainerProps(
        image=IMAGE, image_pull_policy=ImagePullPolicy.IF_NOT_PRESENT,
        command=["sh", "-c", f'until psql --no-align --tuples-only --command "{WHO}"; do sleep 2; done{afterwards}'],
        security_context=ContainerSecurityContextProps(user=1000),
        resources=ContainerResources(
            cpu=CpuResources(request=Cpu.millis(20)), memory=MemoryResources(request=Size.mebibytes(32), limit=Size.mebibytes(64)),
        ),
    )


app = App()
platform = Chart(app, "clients-platform", namespace="cert-manager")
ca = CertificateAuthority(platform, "database-servers", scope=CertificateAuthorityScope.cluster())
trust = TrustBundle(platform, "database-servers-ca", sources=[TrustedCa.from_certificate_authority(ca).root], namespace_labels={"postgres-clients": "true"})
common = dict(version=PostgresVersion.V18, storage=PostgresStorage.durable(size=Size.gibibytes(1)))
service = dict(replicas=1, containers=[application("; sleep infinity")])

sales = Chart(app, "clients-sales", namespace="sales")
db = Postgres(sales, "sales-db", tls=PostgresTls(issuer=ca, trusted_server_cas=TrustSource.from_bundle(trust), client_ca=ClientCa.cluster_scoped()), **common)
Validation.of(db).acknowledge("PGTLS-E14", "only the platform team may create Certificates, in every namespace of this cluster")
orders = db.add_client("orders")  # owns the database of its name
db.add_database("archive", owner="orders")
shop = db.add_client("shop", database="orders", privileges=ClientPrivileges.read_write())
reports = db.add_client("reports", databases=["orders", "archive"], privileges=ClientPrivileges.read_only())

orders.connect(Deployment(sales, "orders", metadata={"name": "orders"}, **service))
reports.connect(CronJob(sales, "reports", metadata={"name": "reports"}, schedule=Cron.daily(), containers=[application("")]))

storefront = Chart(app, "clients-storefront", namespace="storefront")
shop.connect(Deployment(storefront, "shop", metadata={"name": "shop"}, **service))

finance = Chart(app, "clients-finance", namespace="finance")
ledger_db = Postgres(finance, "ledger-db", tls=PostgresTls(issuer=ca, trusted_server_cas=TrustSource.from_bundle(trust)), **common)
ledger = ledger_db.add_client("ledger")
ledger.connect(Deployment(finance, "ledger", metadata={"name": "ledger"}, **service))
app.synth()
