import { Size } from 'cdk8s';
import { type ContainerResources, Cpu, type k8s } from 'cdk8s-plus-27';
import { backupAlerts } from './alerts';
import { backupObjects, recoveryObjects } from './backup-objects';
import { BACKUP_DIRECTORIES, BACKUP_PORT, BACKUP_ROLE, RECOVERY_DIRECTORIES } from './pgbackrest-files';
import { type BackupPlan, resolveBackup } from './resolve-backup';
import { type RecoveryPlan, resolveRecovery } from './resolve-recovery';
import { REPOSITORY_VOLUME, type RepositoryPlan, secretsSource } from './resolve-repository';
import { BACKUP_RULES } from './validation';
import { type CertificatePlan, certificatePlan } from '../../plan/certificates';
import type { Contribution } from '../../plan/contribution';
import type { DatabaseBasics } from '../../plan/database-basics';
import type { Feature } from '../../plan/feature';
import { backupLabels, backupName } from '../../plan/names';
import { podsIn } from '../../plan/network-policy-peer';
import type { PodTraffic } from '../../plan/pod-traffic';
import { HBA_RANK, PARAMETER_RANK, RANK } from '../../plan/rank';
import { sidecarResources } from '../../plan/resources';
import { reservedConnections, socketAccess } from '../../plan/roles';
import { caSource, configMapSource, emptyDir, FEW_FILES, type VolumePlan, type VolumeSource } from '../../plan/volumes';
import type { PostgresProps } from '../../postgres-props';
import { KeyUsage } from '../../../cert-manager';
import type { Parameter } from '../../../postgresql';

/** Certificate of the Jobs, which the backup server admits. */
const ALIAS = 'backup';

const SERVER = 'backup-server';
const READY_FILE = '/tmp/pgbackrest.ready';
const PROBLEM_FILE = '/tmp/pgbackrest.problem';

/** pgBackRest logs in after the exporter. */
const ACCESS_RANK = HBA_RANK.POD + 20;

const RESOURCES: ContainerResources = { cpu: { request: Cpu.millis(10) }, memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) } };

/** Backups, the archive of WAL, and a new database from the backup of another one: `backup` and `recovery`. */
export const backup: Feature = {
  name: 'backup',
  containers: [SERVER],
  resolve: (props, basics) => {
    // Rules refuse both with several servers, and the backup without TLS.
    if (basics.availability.engine !== 'statefulset') { return {}; }
    const own = props.backup && basics.tls ? resolveBackup(props.backup._options, basics) : undefined;
    const other = props.recovery && resolveRecovery(props.recovery._options, basics);
    return merged(own ? ofBackup(own, props, basics) : {}, other ? ofRecovery(other) : {});
  },
  rules: () => BACKUP_RULES,
};

/** Both have parts of the same kinds, none of which is the same. */
function merged(one: Contribution, other: Contribution): Contribution {
  return {
    ...one,
    ...other,
    volumes: [...one.volumes ?? [], ...other.volumes ?? []],
    variables: [...one.variables ?? [], ...other.variables ?? []],
    parameters: [...one.parameters ?? [], ...other.parameters ?? []],
    reservedParameters: { ...one.reservedParameters, ...other.reservedParameters },
    objects: [...one.objects ?? [], ...other.objects ?? []],
    traffic: { ingress: [], egress: [...one.traffic?.egress ?? [], ...other.traffic?.egress ?? []] },
  };
}

function ofBackup(plan: BackupPlan, props: PostgresProps, basics: DatabaseBasics): Contribution {
  const { config, credentials, repositoryCa, clientCa } = BACKUP_DIRECTORIES;
  const { repository } = plan;
  const certificate = backupCertificate(props, basics);
  const isRestricted = props.network?.isRestricted ?? true;
  const users = ['postgres', SERVER];
  const archive = `sh ${config}/pgbackrest.sh ${credentials} --config=${config}/pgbackrest.conf --stanza=${repository.stanza} --log-level-console=warn archive-push %p`;
  return {
    certificates: [certificate],
    roles: [{ name: BACKUP_ROLE, memberOf: ['pg_read_all_settings', ...reservedConnections(basics.major)], executes: functions(basics.major) }],
    ...socketAccess(BACKUP_ROLE, ACCESS_RANK),
    parameters: [
      ...fixed(['archive_mode', true], ['archive_command', archive]),
      // Otherwise what a quiet database commits is archived when its segment of 16 MB is full.
      { parameter: ['archive_timeout', '60s'], rank: PARAMETER_RANK.FEATURE, isDefault: true },
    ],
    reservedParameters: { archive_mode: 'backup sets it', archive_command: 'backup sets it', archive_library: 'backup archives with archive_command' },
    containers: [{
      name: SERVER, rank: RANK.FEATURE, spec: serverContainer(plan, props, basics), shares: ['run', 'server-cert'],
      reads: ['data', ...(props.storage._durableOptions?.wal ? ['wal'] : [])],
    }],
    ports: [{ name: 'backup', number: BACKUP_PORT, container: SERVER }],
    networkRules: [{ port: 'backup', from: [podsIn(backupLabels(basics.name))], isGiven: false }],
    traffic: trafficOf(repository),
    volumes: [
      volume('backup-config', config, configMapSource(plan.name), users),
      ...repositoryVolumes('backup', repository, { credentials, repositoryCa }, users),
      ...(repository.claimName === undefined ? [] : [{ name: 'backup-repository', mountPath: REPOSITORY_VOLUME, users, source: claim(repository.claimName), rank: RANK.FEATURE }]),
      // The CA that has issued the certificate of the Jobs, without its key.
      volume('backup-client-ca', clientCa, caSource(basics.trustedClientCas, certificate.secretName), [SERVER]),
      { name: 'backup-tmp', mountPath: '/tmp', users: [SERVER], source: emptyDir(FEW_FILES), rank: RANK.FEATURE },
    ],
    alerts: backupAlerts(plan, basics),
    objects: backupObjects(plan, {
      keySecret: certificate.secretName,
      volume: props.backup?._options.repository._volume,
      imagePullSecrets: props.podTemplate?.imagePullSecrets?.map(({ name }) => name),
      network: isRestricted ? props.network?._options ?? {} : undefined,
    }),
    given: { resources: [['backup.jobResources', plan.resources]] },
  };
}

/** Nothing of it is needed after the restore, but a change would replace the pod. */
function ofRecovery({ name, release, repository, type, target }: RecoveryPlan): Contribution {
  const { config, credentials, repositoryCa, volume: mountPath } = RECOVERY_DIRECTORIES;
  const users = ['init', 'postgres'];
  const values = {
    RESTORE_SCRIPT: `${config}/restore.sh`, WANTED_RELEASE: release, RECOVERY_CONFIG: config, RECOVERY_CREDENTIALS: credentials, RECOVERY_STANZA: repository.stanza, RECOVERY_TYPE: type,
    ...(target === undefined ? {} : { RECOVERY_TARGET: target }),
  };
  const command = `sh ${config}/pgbackrest.sh ${credentials} --config=${config}/recovery.conf --stanza=${repository.stanza} --log-level-console=warn archive-get %f "%p"`;
  const settings: Parameter[] = [
    ['restore_command', command],
    ...(type === 'default' ? [] : [[`recovery_target_${type}`, target!] as const]),
    ['recovery_target_action', 'promote'],
    // Sessions cannot see a database that is not complete; nor does recovery stop where a limit is lower than it was in the other database.
    ['hot_standby', false],
  ];
  return {
    parameters: fixed(...settings),
    reservedParameters: Object.fromEntries([...RECOVERY_PARAMETERS].map((parameter) => [parameter, 'recovery sets it'])),
    variables: Object.entries(values).map(([variable, value]) => ({ container: 'init', rank: RANK.FOURTH, variable: { name: variable, value } })),
    volumes: [
      volume('recovery-config', config, configMapSource(name), users),
      ...repositoryVolumes('recovery', repository, { credentials, repositoryCa }, users),
      ...(repository.claimName === undefined ? [] : [volume('recovery-repository', mountPath, { persistentVolumeClaim: { claimName: repository.claimName } }, users)]),
    ],
    traffic: trafficOf(repository),
    objects: recoveryObjects({ name, release, repository, type, target }),
  };
}

/** The pod archives into the bucket, and restores from it. */
function trafficOf({ s3 }: BackupPlan['repository']): PodTraffic {
  return { ingress: [], egress: s3 === undefined ? [] : [s3.egress] };
}

const RECOVERY_PARAMETERS = [
  'restore_command', 'recovery_target', 'recovery_target_action', 'recovery_target_inclusive', 'recovery_target_lsn', 'recovery_target_name', 'recovery_target_time', 'recovery_target_timeline',
  'recovery_target_xid', 'hot_standby',
];

function fixed(...parameters: Parameter[]): NonNullable<Contribution['parameters']> {
  return parameters.map((parameter) => ({ parameter, rank: PARAMETER_RANK.FEATURE }));
}

function claim(claimName: string): VolumeSource {
  return { persistentVolumeClaim: { claimName } };
}

function volume(name: string, mountPath: string, source: VolumeSource, users: ReadonlyArray<string>): VolumePlan {
  return { name, mountPath, source, users, readOnly: true, rank: RANK.FEATURE };
}

function repositoryVolumes(
  prefix: string, repository: RepositoryPlan, at: { readonly credentials: string; readonly repositoryCa: string }, users: ReadonlyArray<string>,
): VolumePlan[] {
  const secrets = secretsSource(repository);
  return [
    ...(secrets ? [volume(`${prefix}-credentials`, at.credentials, secrets, users)] : []),
    ...(repository.s3?.ca ? [volume(`${prefix}-repository-ca`, at.repositoryCa, repository.s3.ca, users)] : []),
  ];
}

/** What pgBackRest does in the database. Source: PostgreSQL, Backup Control Functions; run with pgBackRest 2.60. */
function functions(major: number): string[] {
  const backups = major >= 15 ? ['pg_backup_start(text, boolean)', 'pg_backup_stop(boolean)'] : ['pg_start_backup(text, boolean, boolean)', 'pg_stop_backup(boolean, boolean)'];
  return [...backups, 'pg_create_restore_point(text)', 'pg_switch_wal()'];
}

function backupCertificate(props: PostgresProps, basics: DatabaseBasics): CertificatePlan {
  return certificatePlan(basics, props, {
    alias: ALIAS,
    rank: RANK.LAST,
    identity: { commonName: backupName(basics.name), usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.CLIENT_AUTH] },
  });
}

function serverContainer({ release, repository }: BackupPlan, props: PostgresProps, { image, programs }: DatabaseBasics): Omit<k8s.Container, 'name' | 'ports'> {
  const { config, credentials, serverKey, clientCa } = BACKUP_DIRECTORIES;
  const reported: k8s.ExecAction = { command: ['sh', '-c', 'test -e "$READY_FILE" || { cat "$PROBLEM_FILE"; exit 1; }'] };
  return {
    image,
    command: ['sh', `${config}/backup-server.sh`, serverKey, clientCa, config],
    env: [
      ...(programs === undefined ? [] : [{ name: 'PATH', value: `${programs}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin` }]),
      { name: 'WANTED_RELEASE', value: release }, { name: 'CONFIG', value: config }, { name: 'CREDENTIALS', value: credentials }, { name: 'STANZA', value: repository.stanza },
      { name: 'CERTIFICATE', value: `${serverKey}/tls.crt` }, { name: 'READY_FILE', value: READY_FILE }, { name: 'PROBLEM_FILE', value: PROBLEM_FILE },
    ],
    readinessProbe: { exec: reported, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 1 },
    resources: sidecarResources(RESOURCES, undefined, props.resources),
  };
}
