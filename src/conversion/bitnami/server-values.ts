import { type BitnamiContext } from './bitnami-context';
import { type BitnamiRules, each, ignored, left, SCALAR, unlessDefault } from './bitnami-rule';
import { isGiven, mapping, text, texts } from '../../data';
import { RESOURCE_NAMES, resourcesExpression, sizeExpression } from '../amounts';
import { confParameters } from '../conf-parameters';
import { call, Constant, literal } from '../expression';
import { type Answer, became, changed, FLAG, LABELS, MAPPING, MAPPINGS, oneOf, QUANTITY, refused, same, TEXT, TEXTS, unsupported, type ValueType } from '../field-rule';
import { MAJORS } from '../kubedb/kubedb-context';

/** The major version of the chart's default image: chart 17.1.0. */
const DEFAULT_MAJOR = 17;

const HAS_STANDBYS = 'a database has one instance; standbys with failover are planned';
const OWN = 'the container has what this package sets';
const SECURITY = 'the pod has the security context of this package: the UID of the image, no capabilities, a read-only file system';
const PROBE = { livenessProbe: {}, readinessProbe: {}, startupProbe: {} };
const CONTENT = ['livenessProbe', 'readinessProbe', 'startupProbe', 'customLivenessProbe', 'customReadinessProbe', 'customStartupProbe'];

/** Sections of which nothing is converted: the names of their values. */
const REPLICAS = [
  'name', 'replicaCount', 'extendedConfiguration', 'extraEnvVars', 'extraEnvVarsCM', 'extraEnvVarsSecret', 'command', 'args', ...CONTENT, 'lifecycleHooks', 'resourcesPreset', 'resources',
  'podSecurityContext', 'containerSecurityContext', 'automountServiceAccountToken', 'hostAliases', 'hostNetwork', 'hostIPC', 'labels', 'annotations', 'podLabels', 'podAnnotations', 'podAffinityPreset',
  'podAntiAffinityPreset', 'nodeAffinityPreset', 'affinity', 'nodeSelector', 'tolerations', 'topologySpreadConstraints', 'priorityClassName', 'schedulerName', 'terminationGracePeriodSeconds', 'updateStrategy',
  'extraVolumeMounts', 'extraVolumes', 'sidecars', 'initContainers', 'pdb', 'extraPodSpec', 'networkPolicy', 'service', 'persistence', 'persistentVolumeClaimRetentionPolicy',
];
const PASSWORD_JOB = [
  'enabled', 'backoffLimit', 'command', 'args', 'extraCommands', 'previousPasswords', 'containerSecurityContext', 'podSecurityContext', 'extraEnvVars', 'extraEnvVarsCM', 'extraEnvVarsSecret', 'extraVolumes',
  'extraVolumeMounts', 'initContainers', 'resourcesPreset', 'resources', 'customLivenessProbe', 'customReadinessProbe', 'customStartupProbe', 'automountServiceAccountToken', 'hostAliases', 'annotations',
  'podLabels', 'podAnnotations',
];

/** Version, instances, storage, pod and configuration. */
export const SERVER_VALUES: BitnamiRules = {
  'image.tag': { is: TEXT, take: version, absent: () => ({ ...changed(`property 'version': PostgreSQL ${DEFAULT_MAJOR}, as in chart 17.1.0, in the official image`), props: versionProps(DEFAULT_MAJOR) }) },
  ...each('image', { registry: 'docker.io', repository: 'bitnami/postgresql', digest: '' }, (byDefault) => left(byDefault, 'the image is the official one: give PostgresVersion.of an image of yours')),
  'image.pullPolicy': ignored('IfNotPresent', 'left out'),
  'image.pullSecrets': left([], 'write podTemplate.imagePullSecrets'),
  'image.debug': ignored(false, 'left out'),
  'architecture': { is: oneOf('standalone', 'replication'), take: (value) => (value === 'standalone' ? same('one instance') : unsupported(`read replicas: ${HAS_STANDBYS}`)) },
  'replication': section(['synchronousCommit', 'numSynchronousReplicas', 'applicationName']),
  'readReplicas': section(REPLICAS),
  'containerPorts.postgresql': left(5432, 'the server listens on 5432'),
  'postgresqlDataDir': left('/bitnami/postgresql/data', 'the data directory is that of the official image'),
  'postgresqlSharedPreloadLibraries': unlessDefault(TEXT, 'pgaudit', (value) => became('parameters.shared_preload_libraries', String(value))),
  'shmVolume.enabled': { is: FLAG, take: () => same('/dev/shm is a volume of the pod') },
  'shmVolume.sizeLimit': ignored('', 'left out: shared memory follows from the memory limit'),
  ...each('audit', { logHostname: false, logConnections: false, logDisconnections: false, pgAuditLog: '', pgAuditLogCatalog: 'off', clientMinMessages: 'error', logLinePrefix: '', logTimezone: '' },
    (byDefault) => left(byDefault, "write it into property 'parameters'; the official image has no pgAudit")),
  ...each('ldap', { enabled: false, server: '', port: '', prefix: '', suffix: '', basedn: '', binddn: '', bindpw: '', searchAttribute: '', searchFilter: '', scheme: '', uri: '' },
    (byDefault) => left(byDefault, 'logins through LDAP: there are none', 'ldap.enabled')),
  'ldap.tls.enabled': left(false, 'logins through LDAP: there are none', 'ldap.enabled'),

  'primary.name': { is: TEXT, take: () => same('part of the name of the Service with architecture replication') },
  'primary.configuration': { is: TEXT, take: (value) => confParameters(String(value)) },
  'primary.extendedConfiguration': { is: TEXT, take: (value) => confParameters(String(value)) },
  'primary.existingConfigmap': left('', 'parameters in a ConfigMap cannot be seen: give its lines in primary.extendedConfiguration'),
  'primary.existingExtendedConfigmap': left('', 'parameters in a ConfigMap cannot be seen: give its lines in primary.extendedConfiguration'),
  'primary.pgHbaConfiguration': left('', "a whole pg_hba.conf: write each row of yours as AccessRule.host, hostssl or hostnossl into property 'accessRules', in the same order; rows for 'local' and a last row for everyone are there already"),
  'primary.initdb.args': left('', 'options of initdb, for a new database only: --encoding is init.encoding, --locale init.locale, --data-checksums init.dataChecksums, --wal-segsize init.walSegmentSize; the rest has no property'),
  'primary.initdb.postgresqlWalDir': left('', "WAL on a volume of its own: option 'wal' of PostgresStorage.durable, with a size"),
  'primary.initdb.scripts': left({}, 'scripts in the values: put them into a ConfigMap, name it in primary.initdb.scriptsConfigMap, and remove them here'),
  'primary.initdb.scriptsConfigMap': unlessDefault(TEXT, '', (value, context) => became('init.scripts', context.initScripts('ConfigMap', String(value)))),
  'primary.initdb.scriptsSecret': unlessDefault(TEXT, '', (value, context) => became('init.scripts', context.initScripts('Secret', String(value)))),
  ...each('primary.initdb', { user: '', password: '' }, (byDefault) => ignored(byDefault, "left out: scripts run as 'postgres' over the socket of the pod")),
  ...each('primary.preInitDb', { scripts: {}, scriptsConfigMap: '', scriptsSecret: '' }, (byDefault) => left(byDefault, "scripts before initdb: none are run; what they prepare is an init container of property 'podTemplate', or options in property 'init'")),
  ...each('primary.standby', { enabled: false, primaryHost: '', primaryPort: '' }, (byDefault) => left(byDefault, `a standby of another server: ${HAS_STANDBYS}`, 'primary.standby.enabled')),
  ...each('primary', { extraEnvVars: [], extraEnvVarsCM: '', extraEnvVarsSecret: '', command: [], args: [], lifecycleHooks: {}, customLivenessProbe: {}, customReadinessProbe: {}, customStartupProbe: {} },
    (byDefault) => left(byDefault, `${OWN}; server parameters go into property parameters, options of initdb into property init`)),
  ...each('primary', PROBE, (byDefault) => ignored(byDefault, 'left out: the probes are those of this package')),
  'primary.resourcesPreset': {
    is: TEXT,
    take: (value, context) => (isGiven(context.at('primary.resources.requests')) || isGiven(context.at('primary.resources.limits')) ? same('without effect beside primary.resources')
      : changed(`'${String(value)}' is left out: 250m CPU and 1Gi memory are requested: property 'resources'`)),
  },
  'primary.resources': { is: MAPPING, knows: ['limits', 'requests', 'claims'], take: (value) => resources(value, 'resources') },
  ...each('primary', { podSecurityContext: {}, containerSecurityContext: {} }, (byDefault) => ignored(byDefault, SECURITY)),
  'primary.automountServiceAccountToken': left(false, 'the pod has no token'),
  ...each('primary', { hostAliases: [], hostNetwork: false, hostIPC: false, sidecars: [], initContainers: [], extraPodSpec: {} }, (byDefault) => left(byDefault, 'write it into property podTemplate, where it has such a field')),
  ...each('primary', { labels: {}, annotations: {} }, (byDefault) => left(byDefault, 'the StatefulSet has the labels and annotations of the database: use metadata')),
  'primary.podLabels': pod(LABELS, 'labels'),
  'primary.podAnnotations': pod(LABELS, 'annotations'),
  'primary.podAffinityPreset': left('', 'write podTemplate.affinity'),
  'primary.podAntiAffinityPreset': ignored('soft', 'without effect: there is one pod'),
  ...each('primary.nodeAffinityPreset', { type: '', key: '', values: [] }, (byDefault) => left(byDefault, 'write podTemplate.affinity', 'primary.nodeAffinityPreset.type')),
  'primary.affinity': pod(MAPPING, 'affinity'),
  'primary.nodeSelector': pod(LABELS, 'nodeSelector'),
  'primary.tolerations': pod(MAPPINGS, 'tolerations'),
  'primary.topologySpreadConstraints': pod(MAPPINGS, 'topologySpreadConstraints'),
  'primary.priorityClassName': pod(TEXT, 'priorityClassName'),
  'primary.schedulerName': pod(TEXT, 'schedulerName'),
  'primary.terminationGracePeriodSeconds': unlessDefault(SCALAR, '', (value) => became('podTemplate.terminationGracePeriod', call('Duration.seconds', Number(value)))),
  'primary.updateStrategy': { is: MAPPING, knows: ['type', 'rollingUpdate'], take: (value) => (mapping(value)['type'] === 'RollingUpdate' ? same('the default here, too') : unsupported('a changed pod is replaced at once')) },
  'primary.extraVolumes': pod(MAPPINGS, 'volumes'),
  'primary.extraVolumeMounts': pod(MAPPINGS, 'volumeMounts'),
  'primary.pdb': { is: MAPPING, knows: ['create', 'minAvailable', 'maxUnavailable'], take: () => changed('left out: the PodDisruptionBudget is that of this package') },
  'primary.networkPolicy': {
    is: MAPPING, knows: ['enabled', 'allowExternal', 'allowExternalEgress', 'extraIngress', 'extraEgress', 'ingressNSMatchLabels', 'ingressNSPodMatchLabels'],
    take: () => changed("left out: pods of the namespace may connect, and no others: property 'network'"),
  },
  'primary.service.enabled': left(true, 'clients need the Service'),
  'primary.service.type': {
    is: oneOf('ClusterIP', 'NodePort', 'LoadBalancer'),
    take: (value) => (value === 'ClusterIP' ? same('the default here, too') : became('services.primary.type', new Constant(`PostgresServiceType.${value === 'NodePort' ? 'NODE_PORT' : 'LOAD_BALANCER'}`))),
  },
  'primary.service.ports.postgresql': left(5432, 'the port of the Service is 5432'),
  'primary.service.nodePorts.postgresql': left('', 'the cluster selects the port'),
  'primary.service.clusterIP': left('', 'the cluster selects the address of the Service'),
  'primary.service.loadBalancerIP': left('', "use the annotation of the load balancer's provider"),
  'primary.service.labels': service(LABELS, 'labels'),
  'primary.service.annotations': service(LABELS, 'annotations'),
  'primary.service.loadBalancerClass': service(TEXT, 'loadBalancerClass'),
  'primary.service.loadBalancerSourceRanges': service(TEXTS, 'loadBalancerSourceRanges'),
  'primary.service.externalTrafficPolicy': unlessDefault(oneOf('Cluster', 'Local'), 'Cluster', (value) => became('services.primary.externalTrafficPolicy', String(value))),
  'primary.service.extraPorts': left([], 'the Service has one port'),
  ...each('primary.service', { sessionAffinity: 'None', sessionAffinityConfig: {} }, (byDefault) => ignored(byDefault, 'without effect: there is one instance')),
  'primary.service.headless.annotations': left({}, 'the headless Service has no annotations of yours'),

  'primary.persistence.enabled': { is: FLAG, take: (value) => (value === true ? same("property 'storage': PostgresStorage.durable") : became('storage.ephemeral', true, "property 'storage': PostgresStorage.ephemeral")) },
  'primary.persistence.existingClaim': left('', 'the claim is data-NAME-0: move the data by dump and restore, or bind its volume to that claim (docs/kubedb.md)'),
  'primary.persistence.size': {
    is: QUANTITY,
    take: (value, context) => (isEphemeral(context) ? changed('without effect on ephemeral storage') : became('storage.size', sizeExpression(value)!)),
    absent: (context) => (isEphemeral(context) ? undefined : became('storage.size', sizeExpression('8Gi')!, "property 'storage.size': the chart's default is 8Gi")),
  },
  'primary.persistence.storageClass': {
    is: TEXT,
    take: (value, context) => (value === '' || isEphemeral(context) ? same('without effect') : value === '-' ? unsupported('no class: set storageClassName in the program') : became('storage.storageClassName', String(value))),
    absent: (context) => {
      const shared = text(context.at('global.defaultStorageClass')) || text(context.at('global.storageClass'));
      return shared === '' || isEphemeral(context) ? undefined : became('storage.storageClassName', shared);
    },
  },
  'primary.persistence.accessModes': unlessDefault(TEXTS, ['ReadWriteOnce'], (value) => (texts(value)[0] === 'ReadWriteOncePod' && texts(value).length === 1
    ? became('storage.accessMode', new Constant('PersistentVolumeAccessMode.READ_WRITE_ONCE_POD')) : unsupported('the claim has the access mode ReadWriteOnce or ReadWriteOncePod'))),
  'primary.persistence.dataSource': unlessDefault(MAPPING, {}, (value) => {
    const { kind, name } = mapping(value);
    return kind === 'VolumeSnapshot' || kind === 'PersistentVolumeClaim' ? became('storage.dataSource', call(`VolumeDataSource.${kind === 'VolumeSnapshot' ? 'volumeSnapshot' : 'volumeClaim'}`, text(name)))
      : unsupported('volume snapshots and volume claims are possible');
  }),
  ...each('primary.persistence', { volumeName: 'data', mountPath: '/bitnami/postgresql', subPath: '' }, (byDefault) => left(byDefault, 'the volume has the layout of this package')),
  ...each('primary.persistence', { annotations: {}, labels: {}, selector: {} }, (byDefault) => left(byDefault, 'the claim has those of this package')),
  'primary.persistentVolumeClaimRetentionPolicy.enabled': { is: FLAG, take: () => same('property deletionPolicy') },
  'primary.persistentVolumeClaimRetentionPolicy.whenScaled': ignored('Retain', 'without effect: there is one instance'),
  'primary.persistentVolumeClaimRetentionPolicy.whenDeleted': {
    is: oneOf('Retain', 'Delete'),
    take: (value, context) => (value === 'Delete' && context.isOn('primary.persistentVolumeClaimRetentionPolicy.enabled') ? became('deletionPolicy', new Constant('DeletionPolicy.DELETE')) : same('the data stays, as here by default')),
  },

  'backup': whole('backup.enabled', ['enabled', 'cronjob'], 'dumps on a schedule: docs/operations.md has a CronJob'),
  'passwordUpdateJob': whole('passwordUpdateJob.enabled', PASSWORD_JOB, 'a change of the Secret changes the password of postgres'),
  'volumePermissions': whole('volumePermissions.enabled', ['enabled', 'image', 'resourcesPreset', 'resources', 'containerSecurityContext'], 'no container runs as root: change the owner of the files once'),
  'serviceBindings.enabled': left(false, 'construct ServiceBinding writes it for a client'),
  ...each('serviceAccount', { create: true, name: '', automountServiceAccountToken: false, annotations: {} }, (byDefault) => left(byDefault, 'the pod has a ServiceAccount of its own, without a token')),
  ...each('rbac', { create: false, rules: [] }, (byDefault) => left(byDefault, 'the pod needs no Role', 'rbac.create')),
  'psp.create': ignored(false, 'left out: Kubernetes 1.25 removed it'),
};

/** A resources value of a container. */
export function resources(value: unknown, property: string): Answer {
  const { requests, limits, claims } = mapping(value);
  const other = [...Object.keys(mapping(requests)), ...Object.keys(mapping(limits))].find((name) => !RESOURCE_NAMES.includes(name));
  if (isGiven(claims) || other !== undefined) { return unsupported(`${other ?? 'claims'}: property resources has none`); }
  const expression = resourcesExpression(value);
  if (expression === undefined) { return refused('has an amount that is not a quantity', 'use quantities such as 500m and 1Gi'); }
  return expression.entries.length === 0 ? same('the default of the chart') : became(property, expression);
}

function version(value: unknown): Answer {
  const major = Number(/^(\d+)\./.exec(String(value))?.[1] ?? Number.NaN);
  if (Number.isNaN(major)) { return { ...unsupported(`'${String(value)}' names no version: acknowledged, it becomes PostgreSQL ${MAJORS.newest}; give a tag such as 17.6.0`), props: versionProps(MAJORS.newest) }; }
  const nearest = Math.min(MAJORS.newest, Math.max(MAJORS.oldest, major));
  if (nearest !== major) { return { ...unsupported(`PostgreSQL ${major}: this package has ${MAJORS.oldest} to ${MAJORS.newest}; acknowledged, it becomes ${nearest}`), props: versionProps(nearest) }; }
  return changed(`property 'version': the newest minor release of PostgreSQL ${major} in this package, in the official image`, versionProps(major));
}

function versionProps(major: number) {
  return [['version', new Constant(`PostgresVersion.V${major}`)]] as const;
}

function isEphemeral(context: BitnamiContext): boolean {
  return context.at('primary.persistence.enabled') === false;
}

function pod(is: ValueType, name: string) {
  return unlessDefault(is, undefined, (value) => became(`podTemplate.${name}`, literal(value)));
}

function service(is: ValueType, name: string) {
  return unlessDefault(is, undefined, (value) => became(`services.primary.${name}`, literal(value)));
}

/** A section of the standbys. */
function section(knows: ReadonlyArray<string>) {
  return { is: MAPPING, knows, take: (_: unknown, context: BitnamiContext) => (context.isReplicated ? unsupported(`of read replicas: ${HAS_STANDBYS}`, 'architecture') : changed('without effect: architecture is standalone')) };
}

/** A section with a switch. */
function whole(flag: string, knows: ReadonlyArray<string>, note: string) {
  return { is: MAPPING, knows, take: (_: unknown, context: BitnamiContext) => (context.isOn(flag) ? unsupported(note) : changed('without effect: it is off')) };
}
