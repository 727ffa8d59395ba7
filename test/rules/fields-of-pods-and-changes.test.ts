import { manifestsOf, ruleTexts } from '../../tools/rule-pages';
import { fieldsOf, findingsIn } from '../support/findings';
import { findingsOfExample } from '../support/rule-example';

/** The fields that the findings in the wrong example of a rule are about; empty where it is no single field of the object. */
const FIELDS: ReadonlyArray<readonly [string, string]> = [
  ['sync-wave-too-early', "metadata.annotations['argocd.argoproj.io/sync-wave']"],
  ['hook-holds-state', "metadata.annotations['argocd.argoproj.io/hook']"],
  ['sync-recreates-object', "metadata.annotations['argocd.argoproj.io/sync-options']"],
  ['sync-annotation-invalid', "metadata.annotations['argocd.argoproj.io/sync-options']"],
  ['application-tracks-claims', 'metadata.name'],
  ['temporary-certificate', 'spec.template.spec.volumes[0].secret.secretName'],
  ['secret-key-not-written', 'spec.template.spec.volumes[0].secret.items[0].key'],
  ['csi-volume-attributes-invalid', "spec.template.spec.volumes[0].csi.volumeAttributes['csi.cert-manager.io/common-name']"],
  ['ca-certificate-as-leaf', 'spec.template.spec.volumes[0].secret.secretName'],
  ['ca-key-mounted', 'spec.template.spec.volumes[0].secret.items'],
  ['key-file-readable-by-others', 'spec.template.spec.volumes[0].secret.defaultMode'],
  ['tls-file-not-readable', 'spec.template.spec.securityContext.fsGroup'],
  ['renewal-not-visible', 'spec.template.spec.containers[0].volumeMounts[0].subPath'],
  ['tls-volume-optional', 'spec.template.spec.volumes[0].secret.optional'],
  ['server-not-reloaded', 'spec.template.spec.volumes[0].secret.secretName'],
  ['mount-path-duplicate', 'spec.template.spec.containers[0].volumeMounts[1].mountPath'],
  ['server-key-in-other-pod', 'spec.template.spec.volumes[0].secret.items'],
  ['volume-mount-without-volume', 'spec.template.spec.containers[0].volumeMounts[0].name'],
  ['port-name-duplicate', 'spec.template.spec.containers[0].ports[1].name'],
  ['selector-without-labels', 'spec.template.metadata.labels.app'],
  ['uid-left-to-platform', 'spec.template.spec.securityContext.fsGroup'],
  ['pod-host-name-unresolvable', 'spec.template.spec.containers[0].env[0].value'],
  ['secret-or-config-map-in-other-namespace', 'spec.template.spec.volumes[0].secret.secretName'],
  ['shared-scripts-missing', 'spec.template.spec.volumes[0].projected.sources[1].configMap.name'],
  ['secret-or-config-map-key-missing', 'spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key'],
  ['connection-option-rejected', 'spec.template.spec.containers[0].env[0].value'],
  ['host-not-in-server-certificate', 'spec.template.spec.containers[0].env[0].value'],
  ['client-host-not-in-trusted-certificate', 'spec.template.spec.containers[0].env[0].value'],
  ['common-name-not-role', 'spec.template.spec.containers[0].env[0].value'],
  ['hba-rejects-client', 'spec.template.spec.containers[0].env[0].value'],
  ['client-sslmode-invalid', 'spec.template.spec.containers[0].env[1].value'],
  ['client-port-closed', 'spec.template.spec.containers[0].env[0].value'],
  ['server-without-tls', 'spec.template.spec.containers[0].env[0].value'],
  ['client-key-unusable', 'spec.template.spec.containers[0].env[0].value'],
  ['server-ca-not-trusted', 'spec.template.spec.containers[0].env[0].value'],
  ['client-ca-not-trusted', 'spec.template.spec.containers[0].env[0].value'],
  ['client-without-certificate', 'spec.template.spec.containers[0].command'],
  ['database-not-created', 'spec.template.spec.containers[0].env[0].value'],
  ['operator-replication-common-name', 'spec.certificates.replicationTLSSecret'],
  ['operator-certificate-fields-incomplete', 'spec.certificates.serverTLSSecret'],
  ['operator-replication-secret-missing', 'spec.customTLSSecret'],
  ['operator-ca-key-missing', 'spec.certificates.serverCASecret'],
  ['operator-secret-not-reloaded', 'spec.certificates.serverTLSSecret'],
  ['operator-reads-ca-key', 'spec.certificates.serverCASecret'],
  ['operator-certificate-of-other-ca', 'spec.certificates.serverTLSSecret'],
  ['operator-service-not-in-certificate', 'spec.certificates.serverTLSSecret'],
  ['operator-parameter-fixed', 'spec.postgresql.parameters.ssl_cert_file'],
  ['operator-hba-locks-out-operator', 'spec.patroni.pg_hba'],
  ['kubedb-issuer-unsuitable', 'spec.tls.issuerRef'],
  ['kubedb-tls-contradiction', 'spec.sslMode'],
  ['ed25519-without-channel-binding', 'spec.template.spec.containers[0].args[3]'],
  ['ca-crt-missing', 'spec.template.spec.containers[0].env[2].value'],
  ['self-signed-peers-without-common-ca', 'spec.template.spec.containers[0].args[7]'],
  ['extended-key-usage-missing', 'spec.template.spec.containers[0].args[3]'],
  ['hba-plaintext-password', "data['pg_hba.conf']"],
  ['hba-row-invalid', "data['pg_hba.conf']"],
  ['hba-cert-without-ca-file', 'spec.template.spec.containers[0].args'],
  ['pg-ctl-in-other-container', 'spec.template.spec.containers[1].command[2]'],
  ['probe-in-shell', 'spec.template.spec.containers[0].readinessProbe.exec.command[2]'],
  ['data-directory-group-access', 'spec.template.spec.securityContext.fsGroupChangePolicy'],
  ['postgres-below-shell', 'spec.template.spec.containers[0].command[2]'],
  ['client-ca-shared-by-databases', 'spec.template.spec.volumes[3].secret.secretName'],
  ['server-policy-denies-client', 'spec.template.spec.containers[0].env[0].value'],
  ['client-policy-denies-server', 'spec.template.spec.containers[0].env[0].value'],
  ['client-policy-denies-dns', 'spec.template.spec.containers[0].env[0].value'],
  ['published-host-not-in-certificate', "metadata.annotations['external-dns.alpha.kubernetes.io/hostname']"],
  ['database-replicas', 'spec.replicas'],
  ['database-autoscaler', 'spec.maxReplicas'],
  ['postgres-pods-without-replication', 'spec.replicas'],
  ['selector-matches-database', 'spec.selector'],
  ['selector-matches-other-workload', 'spec.selector'],
  ['resource-quota-exceeded', 'spec.template.spec.containers[0].resources.limits.memory'],
  ['resource-quota-not-counted', 'spec.template.spec.containers[0].resources.limits.memory'],
  ['limit-range-violated', 'spec.template.spec.containers[0].resources.limits.cpu'],
  ['object-field-immutable', 'spec.clusterIP'],
  ['claim-field-immutable', 'spec.storageClassName'],
  ['claim-shrinks', 'spec.volumeClaimTemplates[0].spec.resources.requests.storage'],
  ['stateful-set-field-immutable', 'spec.volumeClaimTemplates[0].spec.resources.requests.storage'],
  ['storage-becomes-ephemeral', 'spec.template.spec.volumes[0]'],
  ['storage-becomes-durable', 'spec.volumeClaimTemplates[0]'],
  ['claims-deleted-with-database', 'spec.persistentVolumeClaimRetentionPolicy.whenDeleted'],
  ['wal-moves-to-volume', 'spec.volumeClaimTemplates[1]'],
  ['wal-loses-volume', 'spec.volumeClaimTemplates'],
  ['data-source-changed', 'spec.volumeClaimTemplates[0].spec.dataSource'],
  ['stateful-set-recreated-with-pod', 'spec.serviceName'],
  ['data-directory-moved', 'spec.volumeClaimTemplates[0]'],
  ['claim-or-namespace-removed', ''],
  ['database-removed', ''],
  ['database-renamed', 'metadata.name'],
  ['database-moved', 'metadata.namespace'],
  ['tls-removed', 'spec.template.spec.containers[0].args[1]'],
  ['initialization-changed', 'spec.template.spec.containers[0].env[0].value'],
  ['major-version-changed', 'spec.template.spec.containers[0].image'],
  ['ca-subject-changed', 'spec.commonName'],
  ['ca-key-changed', 'spec.privateKey.size'],
  ['ca-secret-changed', 'spec.secretName'],
  ['ca-issuer-changed', 'spec.issuerRef.name'],
  ['consent-unused', 'consents[0]'],
];

const texts = new Map(ruleTexts().map((text) => [text.id, text]));

test.each(FIELDS)('%s is found at %j', (id, field) => {
  const { wrong, applied } = texts.get(id)!;
  expect([...new Set(fieldsOf(findingsOfExample(wrong, applied), id).map((found) => found ?? ''))]).toEqual([field]);
});

/** Each field once. */
function fieldsIn(id: string, manifests: readonly object[]): string[] {
  return [...new Set(fieldsOf(findingsIn(manifests), id).map((field) => field ?? ''))];
}

const app = { name: 'app', image: 'example.com/app:1' };
const metadata = { name: 'app', namespace: 'demo' };
const unmounted = { containers: [{ ...app, volumeMounts: [{ name: 'a', mountPath: '/a' }] }] };

test.each<[string, string, object, string]>([
  ['v1', 'Pod', unmounted, 'spec.containers[0].volumeMounts[0].name'],
  ['v1', 'Pod', { containers: [app], initContainers: [{ ...app, name: 'first' }, ...unmounted.containers] }, 'spec.initContainers[1].volumeMounts[0].name'],
  ['batch/v1', 'Job', { template: { spec: unmounted } }, 'spec.template.spec.containers[0].volumeMounts[0].name'],
  ['batch/v1', 'CronJob', { jobTemplate: { spec: { template: { spec: unmounted } } } }, 'spec.jobTemplate.spec.template.spec.containers[0].volumeMounts[0].name'],
])('the place of a mount in a %s %s', (apiVersion, kind, spec, field) => {
  expect(fieldsIn('volume-mount-without-volume', [{ apiVersion, kind, metadata, spec }])).toEqual([field]);
});

const items = [{ key: 'username', path: 'a' }, { key: 'b', path: 'b' }];

test.each<[string, object, string]>([
  ['a projected volume', { containers: [app], volumes: [{ name: 'v', projected: { sources: [{ configMap: { name: 'x', optional: true } }, { secret: { name: 'login', items } }] } }] },
    'spec.volumes[0].projected.sources[1].secret.items[1].key'],
  ['a subPath', { containers: [{ ...app, volumeMounts: [{ name: 'v', mountPath: '/v', subPath: 'password' }] }], volumes: [{ name: 'v', secret: { secretName: 'login' } }] },
    'spec.containers[0].volumeMounts[0].subPath'],
])('the place of a missing key in %s', (_, spec, field) => {
  const login = { apiVersion: 'v1', kind: 'Secret', metadata: { ...metadata, name: 'login' }, stringData: { username: 'app' } };
  expect(fieldsIn('secret-or-config-map-key-missing', [{ apiVersion: 'v1', kind: 'Pod', metadata, spec }, login])).toEqual([field]);
});

test.each<[string, object, string]>([
  ['in the arguments', { command: ['psql'], args: ['-U', 'app', 'sslmode=verify-full host=db'] }, 'spec.template.spec.containers[0].args[2]'],
  ['in the second variable', { env: [{ name: 'A', value: 'a' }, { name: 'URL', value: 'postgres://db/app?sslmode=verify-full' }] }, 'spec.template.spec.containers[0].env[1].value'],
  ['in a variable of libpq, beside a connection string', { env: [{ name: 'URL', value: 'postgres:///app?sslmode=verify-full' }, { name: 'PGHOST', value: 'db' }] },
    'spec.template.spec.containers[0].env[1].value'],
])('the place of a host %s', (_, container, field) => {
  const manifests = manifestsOf(texts.get('host-not-in-server-certificate')!.wrong) as Array<{ kind: string; spec: object }>;
  const spec = { template: { metadata: { labels: { app: 'app' } }, spec: { containers: [{ ...app, ...container }] } } };
  expect(fieldsIn('host-not-in-server-certificate', manifests.map((manifest) => (manifest.kind === 'Deployment' ? { ...manifest, spec: { ...manifest.spec, ...spec } } : manifest)))).toEqual([field]);
});
