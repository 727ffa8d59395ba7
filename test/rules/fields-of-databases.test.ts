import { Validation } from '../../src';
import { ruleTexts } from '../../tools/rule-pages';
import { fieldsOf } from '../support/findings';
import { chartOfExample, findingsOfExample } from '../support/rule-example';

const texts = ruleTexts().filter(({ theme }) => theme.startsWith('postgres/'));

/** The fields that the findings of a rule name in its wrong example. */
const FIELDS: ReadonlyArray<readonly [id: string, ...fields: string[]]> = [
  ['chart-without-namespace', 'namespace'],
  ['major-version-unsupported', 'version'],
  ['database-name-invalid', 'metadata.name'],
  ['image-invalid', 'version.uid'],
  ['resource-request-above-limit', 'resources.cpu.request'],
  ['label-or-annotation-invalid', 'podTemplate.labels.team'],
  ['metadata-reserved', "metadata.labels['app.kubernetes.io/name']"],
  ['shared-scripts-elsewhere', 'scripts'],

  ['patched-configuration', "data['pg_hba.conf']"],
  ['patched-object-disconnected', 'spec.podSelector'],
  ['patched-service-name', 'spec.serviceName'],
  ['patched-service-without-pods', 'spec.selector.app'],
  ['patched-stateful-set', 'spec.template.spec.containers[0].readinessProbe'],

  ['ssl-mode-without-tls', 'sslMode'],
  ['tls-with-ssl-mode-disable', 'sslMode'],
  ['cert-auth-without-tls', 'clientAuthMode'],
  ['access-rule-for-superuser', 'accessRules[0].users[0]'],
  ['superuser-access-invalid', 'superuserAccess'],
  ['access-rule-beyond-declarations', 'accessRules[0]'],
  ['access-rule-allows-plaintext', 'accessRules[0]'],
  ['client-certificate-without-tls', 'clientCertificate'],
  ['hostssl-without-tls', 'accessRules[0]'],
  ['access-rule-shadowed', 'accessRules[1]'],
  ['access-rule-invalid', 'accessRules[0].address'],
  ['user-map-invalid', 'accessRules[0].method'],
  ['md5-deprecated', 'clientAuthMode'],
  ['access-rule-accepts-plaintext-password', 'accessRules[0]'],

  ['declared-name-invalid', "addClient('pg_orders').name"],
  ['declaration-contradictory', "addClient('orders-migrations').privileges"],
  ['declared-reference-missing', "addClient('reports').database"],
  ['removal-incomplete', "addClient('orders').state"],
  ['client-without-tls', "addClient('orders')"],
  ['declaration-option-invalid', "addClient('orders').settings.shared_buffers"],

  ['pooler-without-tls', "addPooler('pool')"],
  ['pooler-without-revocation', "addPooler('pool')"],
  ['pooler-option-invalid', "addPooler('Pool').name"],
  ['pooled-client-not-admitted', "addPooler('pool').clients"],
  ['pools-exceed-connections', 'parameters.max_connections'],
  ['statement-pooling', "addPooler('pool').mode"],

  ['cloud-native-pg-unsupported', 'monitor'],
  ['cloud-native-pg-option-invalid', 'highAvailability.image'],
  ['failover-may-lose-commits', 'highAvailability.instances'],
  ['members-without-tls', 'tls'],
  ['member-option-invalid', 'highAvailability.ttl'],
  ['even-members', 'highAvailability.members'],
  ['synchronous-without-replica', 'highAvailability.synchronous'],
  ['member-host-not-in-certificate', 'tls.serverNames'],
  ['property-not-with-members', 'storage'],
  ['store-parameter', 'parameters.max_connections'],
  ['backup-without-tls', 'backup'],
  ['backup-of-ephemeral-database', 'backup'],
  ['backup-option-invalid', 'backup.schedule.full'],
  ['backup-endpoint-not-verified', 'backup.repository.endpoint'],
  ['recovery-from-own-repository', 'recovery.repository'],
  ['recovery-target-invalid', 'recovery.time'],
  ['recovery-contradictory', 'init.walSegmentSize'],

  ['initdb-options-invalid', 'init.walSegmentSize'],
  ['collation-depends-on-image', 'init.locale'],
  ['locale-missing', 'init.locale'],

  ['monitor-port-invalid', 'monitor.port'],
  ['exporter-certificate-not-trusted', 'tls.certificates.metricsExporter.issuer'],
  ['scraper-certificate-without-tls', 'monitor.serviceMonitor.clientCertificate'],
  ['exporter-without-ca-crt', 'tls.certificates.server.issuer'],
  ['published-metrics-host-not-in-certificate', "services.stats.annotations['external-dns.alpha.kubernetes.io/internal-hostname']"],

  ['network-peer-invalid', 'network.clients[0]'],
  ['published-service-not-admitted', 'network.clients'],
  ['egress-not-set', 'network.egress'],
  ['mesh-not-set', 'network.mesh'],
  ['network-ports-invalid', 'network.egress[0].ports'],
  ['ip-families-invalid', 'network.ipFamilyPolicy'],

  ['parameter-unknown', 'parameters.work_memory'],
  ['parameter-managed', 'parameters.listen_addresses'],
  ['parameter-value-invalid', 'parameters.work_mem'],
  ['parameter-set-twice', 'parameters.Work_Mem'],
  ['parameter-risks-data-loss', 'parameters.fsync'],
  ['parameters-contradictory', 'parameters.wal_level'],
  ['synchronous-standby-missing', 'parameters.synchronous_standby_names'],
  ['archive-command-missing', 'parameters.archive_mode'],
  ['wal-larger-than-volume', 'parameters.max_wal_size'],
  ['session-memory-exceeds-limit', 'parameters.work_mem'],
  ['parameter-prevents-start', 'parameters.timezone', 'parameters.shared_preload_libraries'],
  ['parameter-ignored', 'parameters.timezone'],
  ['parameter-depends-on-image', 'parameters.shared_preload_libraries'],
  ['parameter-breaks-reloader', 'parameters.default_transaction_read_only'],
  ['module-parameter-invalid', "parameters['pg_stat_statements.max']"],

  ['pod-template-invalid', 'podTemplate.volumes[0].name'],
  ['pod-security-violated', 'podTemplate.containers[0].securityContext'],
  ['memory-limit-too-small', 'resources.memory.limit'],
  ['huge-pages-invalid', 'hugePages.amount'],
  ['service-options-invalid', 'services.primary.loadBalancerSourceRanges'],

  ['size-not-positive', 'storage.size'],
  ['halt-with-ephemeral-storage', 'deletionPolicy'],
  ['data-source-incomplete', 'storage.wal.dataSource'],
  ['storage-invalid', 'storage.size'],
  ['ephemeral-storage-invalid', 'resources.ephemeralStorage.limit'],

  ['tls-settings-contradictory', 'tls.cipherSuites'],
  ['client-ca-without-ca-crt', 'tls.clientCa'],
  ['client-ca-open-to-all-namespaces', 'tls.clientCa'],
  ['shared-client-ca-certificate-missing', 'tls.trustedClientCas'],
  ['certificate-options-unused', 'tls.certificates.client'],
  ['client-ca-contradicts-issuer', 'tls.certificates.client.issuer'],
  ['database-certificate-not-trusted', 'tls.trustedClientCas'],
  ['server-names-invalid', 'tls.serverNames'],
  ['published-host-not-in-database-certificate', "services.primary.annotations['external-dns.alpha.kubernetes.io/hostname']"],
  ['patched-certificate-without-endpoint', 'spec.dnsNames'],
];

test('the table has every rule of databases, once', () => {
  expect(FIELDS.map(([id]) => id).sort()).toEqual(texts.map(({ id }) => id).sort());
});

test.each(FIELDS)('the findings of %s name the field', (id, ...fields) => {
  const { wrong, applied } = texts.find((text) => text.id === id)!;
  expect(fieldsOf(findingsOfExample(wrong, applied), id)).toEqual(fields);
});

/** Items of lists, keys of mappings, and problems that several properties share. */
const FURTHER: ReadonlyArray<readonly [id: string, properties: string, ...fields: string[]]> = [
  ['image-invalid', "{ version: PostgresVersion.of(18, 'docker.io/library/postgres:17.1') }", 'version.image'],
  ['image-invalid', "{ monitor: PostgresMonitor.prometheus({ image: 'exporter' }) }", 'monitor.image'],
  ['resource-request-above-limit', "{ podTemplate: { containers: [{ name: 'one', image: 'one:1' }, { name: 'two', image: 'two:1', resources: { requests: { 'ephemeral-storage': k8s.Quantity.fromString('2Gi') }, limits: { 'ephemeral-storage': k8s.Quantity.fromString('1Gi') } } }] } }",
    "podTemplate.containers[1].resources.requests['ephemeral-storage']"],
  ['resource-request-above-limit', '{ resources: { ephemeralStorage: { request: Size.gibibytes(2), limit: Size.gibibytes(1) } } }', 'resources.ephemeralStorage.request'],
  ['label-or-annotation-invalid', "{ network: PostgresNetwork.restricted({ clients: [NetworkPeer.pods({ team: 'my team' })] }) }", 'network.clients'],
  ['access-rule-invalid', "{ tls: { issuer }, accessRules: [AccessRule.hostssl({ users: ['app', ''], method: AccessMethod.cert() })] }", 'accessRules[0].users[1]'],
  ['access-rule-invalid', '{ tls: { issuer }, accessRules: [AccessRule.hostssl({ databases: [], method: AccessMethod.cert() })] }', 'accessRules[0].databases'],
  ['access-rule-shadowed', "{ tls: { issuer }, superuserAccess: SuperuserAccess.certificate({ addresses: ['10.0.0.0/8', '10.1.0.0/16'] }) }", 'superuserAccess'],
  ['superuser-access-invalid', "{ tls: { issuer }, superuserAccess: SuperuserAccess.certificate({ addresses: ['10.0.0.0/8', '10.0.0.0/33'] }) }", 'superuserAccess.addresses[1]'],
  ['user-map-invalid', "{ userMappings: [{ map: 'apps', systemUser: '/app', databaseUser: 'app' }] }", 'userMappings[0].map', 'userMappings[0].systemUser'],
  ['exporter-without-ca-crt', "{ tls: { issuer: Issuer.fromIssuerName(chart, 'acme', 'acme', { providesCaCertificate: false }) }, monitor: PostgresMonitor.prometheus() }", 'tls.issuer'],
  ['network-peer-invalid', "{ network: PostgresNetwork.restricted({ egress: [{ to: NetworkPeer.sameNamespace() }, { to: NetworkPeer.network('10.0.0.1') }] }) }", 'network.egress[1].to'],
  ['network-ports-invalid', '{ network: PostgresNetwork.restricted({ dnsPorts: [53, 0, 53] }) }', 'network.dnsPorts[1]', 'network.dnsPorts[2]'],
  ['published-service-not-admitted', '{ monitor: PostgresMonitor.prometheus(), services: { stats: { type: PostgresServiceType.NODE_PORT } } }', 'network.monitoring'],
  ['huge-pages-invalid', '{ hugePages: HugePages.of2Mi(Size.mebibytes(129)) }', 'hugePages.amount', 'hugePages.amount'],
  ['parameters-contradictory', "{ parameters: { Min_Wal_Size: '16MB' } }", 'parameters.Min_Wal_Size'],
  ['session-memory-exceeds-limit', "{ parameters: { autovacuum_max_workers: '1000' } }", 'parameters.autovacuum_max_workers'],
  ['pod-template-invalid', "{ podTemplate: { containers: [{ name: 'one', image: 'one:1' }], initContainers: [{ name: 'one', image: 'one:1' }] } }", 'podTemplate.initContainers[0].name'],
  ['pod-template-invalid', "{ tls: { issuer }, podTemplate: { volumeMounts: [{ name: 'own', mountPath: '/own' }, { name: 'own', mountPath: '/tls' }], volumes: [{ name: 'own', emptyDir: {} }] } }", 'podTemplate.volumeMounts[1].mountPath'],
  ['service-options-invalid', "{ services: { primary: { type: PostgresServiceType.LOAD_BALANCER, loadBalancerSourceRanges: ['10.0.0.0/8', '10.0.0.1'] } } }", 'services.primary.loadBalancerSourceRanges[1]'],
  ['size-not-positive', '{ storage: PostgresStorage.ephemeral({ size: Size.gibibytes(1), sizeLimit: Size.gibibytes(0) }) }', 'storage.sizeLimit'],
  ['storage-invalid', '{ storage: PostgresStorage.durable({ size: Size.gibibytes(1), wal: { size: Size.mebibytes(32) } }) }', 'storage.wal.size'],
  ['tls-settings-contradictory', "{ tls: { issuer, groups: ['X25519', 'P 256'] } }", 'tls.groups[1]'],
  ['client-ca-open-to-all-namespaces', "{ tls: { issuer, certificates: { client: { issuer: ClusterIssuer.fromClusterIssuerName(chart, 'all', 'all') } } }, superuserAccess: SuperuserAccess.certificate() }",
    'tls.certificates.client.issuer'],
  ['server-names-invalid', "{ tls: { issuer, serverNames: ServerNames.only(['db.example.com']), certificates: { server: { ipAddresses: ['10.0.0.7'] } } } }", 'tls.certificates.server.ipAddresses'],
  ['published-host-not-in-database-certificate', "{ tls: { issuer }, metadata: { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'db.example.com' } } }",
    "metadata.annotations['external-dns.alpha.kubernetes.io/hostname']"],
];

test.each(FURTHER)('the findings of %s name the field of %s', (id, properties, ...fields) => {
  expect(fieldsOf(Validation.of(chartOfExample(properties)).findings(), id)).toEqual(fields);
});

test('an Issuer of another namespace is found at the property issuer of the Certificate', () => {
  const chart = chartOfExample(`
    new Certificate(chart, 'leaf', { dnsNames: ['db'], issuer: Issuer.fromIssuerName(new Chart(app, 'elsewhere', { namespace: 'elsewhere' }), 'other', 'other') });
  `);
  expect(Validation.of(chart).findings().map(({ rule, field }) => [rule.id, field])).toEqual([['issuer-in-other-namespace', 'issuer']]);
});
