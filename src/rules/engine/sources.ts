import type { RuleSource } from './rule';

/** The releases that sources are pinned to: those that the rules were checked against. */
const APPROVER_POLICY = 'v0.28.0';
const ARGO_CD = 'v3.5.1';
const CERT_MANAGER = 'v1.21.0';
const CLOUD_NATIVE_PG = 'v1.30.0';
const CRUNCHY = 'v6.0.3';
const CSI_DRIVER = 'v0.16.0';
const FLUX = 'v1.9.4';
const PERCONA = 'v3.0.0';
const TRUST_MANAGER = 'v0.25.0';
const ZALANDO = 'v2.0.1';
/** cert-manager 1.21 is built with it. */
const GO = 'go1.26.0';
/** The types, webhooks and defaults of KubeDB, whose operator is not public. */
const KUBEDB = 'v0.66.0';
const KUBERNETES = 'v1.36.0';
const PATRONI = 'v4.1.5';
const OPENSSL = 'openssl-3.5.0';
const POSTGRESQL = { tag: 'REL_18_4', manual: '18' };

/** A file of approver-policy, with what it shows. */
export const approverPolicyFile = filesOf('approver-policy', `cert-manager/approver-policy/blob/${APPROVER_POLICY}`);

/** A file of Argo CD, with what it shows. */
export const argoCdFile = filesOf('Argo CD', `argoproj/argo-cd/blob/${ARGO_CD}`);

/** A file of cert-manager, with what it shows. */
export const certManagerFile = filesOf('cert-manager', `cert-manager/cert-manager/blob/${CERT_MANAGER}`);

/** A file of CloudNativePG, with what it shows. */
export const cloudNativePgFile = filesOf('CloudNativePG', `cloudnative-pg/cloudnative-pg/blob/${CLOUD_NATIVE_PG}`);

/** A file of Crunchy's operator for PostgreSQL, with what it shows. */
export const crunchyFile = filesOf("Crunchy's operator", `CrunchyData/postgres-operator/blob/${CRUNCHY}`);

/** A file of Percona's operator for PostgreSQL, with what it shows. */
export const perconaFile = filesOf("Percona's operator", `percona/percona-postgresql-operator/blob/${PERCONA}`);

/** A file of Zalando's operator for PostgreSQL, with what it shows. */
export const zalandoFile = filesOf("Zalando's operator", `zalando/postgres-operator/blob/${ZALANDO}`);

/** A file of Patroni, with what it shows. */
export const patroniFile = filesOf('Patroni', `patroni/patroni/blob/${PATRONI}`);

/** A file of KubeDB, with what it shows. */
export const kubeDbFile = filesOf('KubeDB', `kubedb/apimachinery/blob/${KUBEDB}`);

/** A file of cert-manager's CSI driver, with what it shows. */
export const csiDriverFile = filesOf('csi-driver', `cert-manager/csi-driver/blob/${CSI_DRIVER}`);

/** A file of trust-manager, with what it shows. */
export const trustManagerFile = filesOf('trust-manager', `cert-manager/trust-manager/blob/${TRUST_MANAGER}`);

/** A file of Flux's kustomize-controller, with what it shows. */
export const fluxFile = filesOf('Flux, kustomize-controller', `fluxcd/kustomize-controller/blob/${FLUX}`);

/** A file of the standard library of Go, in which cert-manager is written. */
export const goFile = filesOf('Go', `golang/go/blob/${GO}/src`);

/** A file of Kubernetes, with what it shows. */
export const kubernetesFile = filesOf('Kubernetes', `kubernetes/kubernetes/blob/${KUBERNETES}`);

/** A file of OpenSSL, with which PostgreSQL and libpq verify certificates. */
export const opensslFile = filesOf('OpenSSL', `openssl/openssl/blob/${OPENSSL}`);

/** A file of PostgreSQL, with what it shows. */
export const postgresFile = filesOf('PostgreSQL', `postgres/postgres/blob/${POSTGRESQL.tag}`);

/** An issue of cert-manager, with what it shows. */
export function certManagerIssue(number: number, fact = ''): RuleSource {
  return { text: withFact(`cert-manager issue ${number}`, fact), url: `https://github.com/cert-manager/cert-manager/issues/${number}` };
}

/** A page of the documentation of Kubernetes, for example `concepts/workloads/controllers/statefulset/`. */
export function kubernetesPage(page: string, title: string, fact = ''): RuleSource {
  return { text: withFact(`Kubernetes, ${title}`, fact), url: `https://kubernetes.io/docs/${page}` };
}

/** A page of the manual of PostgreSQL, for example `auth-pg-hba-conf.html`. */
export function postgresPage(page: string, title: string, fact = ''): RuleSource {
  return { text: withFact(`PostgreSQL, ${title}`, fact), url: `https://www.postgresql.org/docs/${POSTGRESQL.manual}/${page}` };
}

/** A page of the documentation of PgBouncer, for example `config.html`. */
export function pgBouncerPage(page: string, title: string, fact = ''): RuleSource {
  return { text: withFact(`PgBouncer, ${title}`, fact), url: `https://www.pgbouncer.org/${page}` };
}

/** A page of the documentation of pgBackRest, for example `configuration.html`. */
export function pgBackRestPage(page: string, title: string, fact = ''): RuleSource {
  return { text: withFact(`pgBackRest, ${title}`, fact), url: `https://pgbackrest.org/${page}` };
}

/** An issue of pgBackRest, with what it shows. */
export function pgBackRestIssue(number: number, fact = ''): RuleSource {
  return { text: withFact(`pgBackRest issue ${number}`, fact), url: `https://github.com/pgbackrest/pgbackrest/issues/${number}` };
}

/** A section of an RFC. */
export function rfc(number: number, section: string, fact = ''): RuleSource {
  return { text: withFact(`RFC ${number}${section === '' ? '' : `, ${section}`}`, fact), url: `https://www.rfc-editor.org/rfc/rfc${number}${section === '' ? '' : `#section-${section}`}` };
}

/** Any other source: a page with a stable address, or a fact that this package decides. */
export function source(text: string, url?: string): RuleSource {
  return { text, url };
}

/** What public CAs may issue. */
export const BASELINE_REQUIREMENTS = source(
  'CA/Browser Forum, Baseline Requirements, 4.2.2 and 7.1.4.2: no internal names, no reserved addresses',
  'https://cabforum.org/working-groups/server/baseline-requirements/requirements',
);

/** How Argo CD recognizes the objects that it owns. */
export const ARGO_CD_TRACKING = source('Argo CD, Resource Tracking', argoCdFile('docs/user-guide/resource_tracking.md').url);

/** cert-manager's webhook, which rejects a Certificate. */
export const CERTIFICATE_WEBHOOK = certManagerFile('internal/apis/certmanager/validation/certificate.go');

/** cert-manager's webhook, which rejects an issuer. */
export const ISSUER_WEBHOOK = certManagerFile('internal/apis/certmanager/validation/issuer.go');

/** trust-manager's webhook, which rejects a Bundle. */
export const BUNDLE_WEBHOOK = trustManagerFile('pkg/webhook/validation.go');

/** trust-manager's schema, which rejects a Bundle before the webhook reads it. */
export const BUNDLE_SCHEMA = trustManagerFile('deploy/crds/trust.cert-manager.io_bundles.yaml');

/** external-dns publishes the host names in annotations of Services. */
export const EXTERNAL_DNS_ANNOTATIONS = source(
  'external-dns, docs/annotations/annotations.md',
  'https://github.com/kubernetes-sigs/external-dns/blob/a4e72e1d6895b0286d423536f9411a604c26c757/docs/annotations/annotations.md',
);

/** The Prometheus Operator finds Services by their labels. */
export const SERVICE_MONITOR = source(
  'Prometheus Operator, ServiceMonitor: selects Services by their labels',
  'https://github.com/prometheus-operator/prometheus-operator/blob/323f633371dc8b7ede8e6b8cbb2849d826e18ad5/pkg/apis/monitoring/v1/servicemonitor_types.go',
);

/** Files of a repository on GitHub, at the tag in the path. */
function filesOf(product: string, path: string): (file: string, fact?: string) => RuleSource {
  return (file, fact = '') => ({ text: withFact(`${product}, ${file}`, fact), url: `https://github.com/${path}/${file}` });
}

function withFact(text: string, fact: string): string {
  return fact === '' ? text : `${text}: ${fact}`;
}
