"""What jsii hands over from Python passes the checks of arguments, and what comes back is of the types that Python has."""
from cdk8s import ApiObjectMetadata, App, Chart, Duration, Size, Testing
from cdk8s_plus_27 import NetworkPolicyIpBlock, k8s
from cdk8s_postgres_tls import (
    AccessOutcome, AccessTable, Certificate, CertificateAuthority, CommittedManifests, CommonMetadata, Manifests, NetworkEgress,
    NetworkPeer, Postgres, PostgresNetwork, PostgresStorage, PostgresTls, PostgresVersion, Severity, SslMode, Validation, X509Subject,
)

app = App()
chart = Chart(app, "shop", namespace="shop")


def refused(call, text):
    try:
        call()
    except Exception as error:
        assert text in str(error), str(error)
    else:
        raise AssertionError(f"not refused: {text}")


# Optional properties: absent, None, structs of other packages, and dicts in their place.
ca = CertificateAuthority(
    chart, "ca", metadata=CommonMetadata(name="shop-ca", labels={"team": "shop"}), common_name=None, subject=X509Subject(organizations=["Shop"]),
    duration=Duration.days(3650), renew_before=Duration.days(365),
)
certificate = Certificate(chart, "web", issuer=ca.issuer, dns_names=["web.shop.svc"], metadata=ApiObjectMetadata(name="web"))
assert certificate.secret_name == "web"


# A subclass, enums, mappings, numbers, unions of a class and an interface of cdk8s-plus.
class Database(Postgres):
    def __init__(self, scope, id):
        super().__init__(
            scope, id, version=PostgresVersion.V18, tls=PostgresTls(issuer=ca), ssl_mode=SslMode.VERIFY_FULL, storage=PostgresStorage.durable(size=Size.gibibytes(1)),
            parameters={"max_connections": "50"},
            network=PostgresNetwork.restricted(
                clients=[NetworkPeer.pods({"app": "shop"})], egress=[NetworkEgress(to=NetworkPolicyIpBlock.ipv4(chart, "ip", "10.0.0.0/8"), ports=[443])],
            ),
        )


db = Database(chart, "db")
client = db.add_client("orders", connection_limit=5)

# A specification of the Kubernetes API: it comes back as a copy.
spec = client.connect_pod_spec(chart, k8s.PodSpec(containers=[k8s.Container(name="app", image="app:1")]), pod_labels={"app": "shop"})
assert spec.pod_spec.containers[0].env[0].name == "PGHOST"
k8s.KubeDeployment(chart, "app", spec=k8s.DeploymentSpec(
    selector=k8s.LabelSelector(match_labels={"app": "shop"}), template=k8s.PodTemplateSpec(metadata=k8s.ObjectMeta(labels={"app": "shop"}), spec=spec.pod_spec),
))

# Rows of structs with a name that Python reserves.
row = next(row for row in AccessTable.of(db).rows() if row.role == "orders")
assert row.outcome == AccessOutcome.ADMITTED and row.databases == ["orders"] and row.reason is None and len(row.from_) > 0

Validation.of(app).configure(committed=CommittedManifests.none(), warnings_as_errors=False)
assert Validation.of(app).findings() == []
manifests = {manifest["kind"]: manifest for manifest in Testing.synth(chart)}
assert manifests["Deployment"]["spec"]["template"]["spec"]["containers"][0]["env"][0]["name"] == "PGHOST"
assert "StatefulSet" in manifests

# Objects of the Kubernetes API come back as dicts.
shown = Manifests.of(chart)
assert shown.only(kind="StatefulSet")["metadata"]["name"] == "db"
assert shown.can_connect("shop-app-c8eebe82", "orders").outcome == AccessOutcome.ADMITTED
assert "db-server-cert" in [one.secret_name for one in shown.certificates()]
refused(lambda: shown.find(kind="StatefulSets"), "did you mean kind 'StatefulSet'?")

# What the checks of this package refuse, they refuse from Python.
refused(lambda: Manifests.from_yaml({"a.yaml": "a: ["}), "a.yaml")
certificate = "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: a, namespace: b}, spec: {secretName: a, issuerRef: {name: c}}}"
[finding] = Manifests.from_yaml({"a.yaml": certificate}).validate(severities={"PGTLS-B01": Severity.WARNING}, include=["PGTLS-B01"])
assert finding.severity == Severity.WARNING and finding.rule.code == "PGTLS-B01"
