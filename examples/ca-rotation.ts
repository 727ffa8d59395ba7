import { Chart, Size } from 'cdk8s';
import {
  CaRotation, CaRotationStage, CertificateAuthority, CertificateAuthorityScope, CertificateRequestPolicies, ClientCa, CommittedManifests,
  IIssuer, Postgres, PostgresStorage, PostgresVersion, SuperuserAccess, TrustBundle, TrustDistribution, TrustedCa, TrustSource,
  Validation,
} from 'cdk8s-postgres-tls';
import { Construct } from 'constructs';

const NAME = 'orders-trust';
const NAMESPACES = { 'kubernetes.io/metadata.name': 'orders' };

/** Before and after: one CA, and the bundle that makes it replaceable. */
export function steady(scope: Construct, ca: string): Chart {
  const platform = caChart(scope);
  const trusted = trustedCa(platform, ca);
  const bundle = new TrustBundle(platform, NAME, { sources: [trusted.root], namespaceLabels: NAMESPACES });
  return database(scope, trusted.issuer, TrustSource.fromBundle(bundle));
}

/** In between: the same at each stage, but for one word. */
export function rotating(scope: Construct, stage: CaRotationStage, committed: CommittedManifests): Chart {
  const platform = caChart(scope);
  const [from, to] = [trustedCa(platform, 'orders-ca'), trustedCa(platform, 'orders-ca-2')];
  const rotation = new CaRotation(platform, NAME, { from: from!, to: to!, stage, committed, distribution: TrustDistribution.trustManager({ namespaceLabels: NAMESPACES }) });
  return database(scope, rotation.issuer, rotation.trust);
}

/** In cert-manager's namespace, where trust-manager reads their roots. */
function caChart(scope: Construct): Chart {
  return new Chart(scope, 'cas', { namespace: 'cert-manager' });
}

function trustedCa(platform: Chart, name: string): TrustedCa {
  return TrustedCa.fromCertificateAuthority(new CertificateAuthority(platform, name, { scope: CertificateAuthorityScope.cluster() }));
}

function database(scope: Construct, issuer: IIssuer, trust: TrustSource): Chart {
  const chart = new Chart(scope, 'orders', { namespace: 'orders' });
  new CertificateRequestPolicies(chart, 'declared');
  Validation.of(chart).acknowledge('PGTLS-E14', 'approver-policy denies requests for more than is declared here');
  new Postgres(chart, 'orders-db', {
    version: PostgresVersion.V18,
    tls: { issuer, clientCa: ClientCa.shared(issuer), trustedClientCas: trust, trustedServerCas: trust },
    superuserAccess: SuperuserAccess.certificate(),
    storage: PostgresStorage.durable({ size: Size.gibibytes(10) }),
  });
  return chart;
}
