import { Size } from 'cdk8s';
import { type ContainerResources, Cpu, k8s, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import type { VolumeRepositoryOptions } from './backup-repository';
import { BACKUP_DIRECTORIES, BACKUP_PORT, backupFiles, recoveryFiles } from './pgbackrest-files';
import type { BackupPlan, JobPlan } from './resolve-backup';
import type { RecoveryPlan } from './resolve-recovery';
import { REPOSITORY_VOLUME, secretsSource } from './resolve-repository';
import { certificateOf } from '../../plan/certificates';
import { CertificateAlias } from '../../plan/certificate-alias';
import { dnsRule, tcp } from '../../plan/client-egress';
import type { DatabasePlan, ObjectPlan } from '../../plan/database-plan';
import { backupLabels, selectorLabels } from '../../plan/names';
import { podsIn } from '../../plan/network-policy-peer';
import { formatQuantity } from '../../plan/quantity';
import { OBJECT_RANK } from '../../plan/rank';
import { sidecarResources } from '../../plan/resources';
import { caSource, configMapSource, emptyDir, FEW_FILES, secretSource, type VolumeSource } from '../../plan/volumes';
import type { PostgresProps } from '../../postgres-props';

const RESOURCES: ContainerResources = { cpu: { request: Cpu.millis(100) }, memory: { request: Size.mebibytes(128), limit: Size.mebibytes(512) } };

/** As in the pod of the database: Pod Security Standard *restricted*, and a root filesystem that cannot be written. */
const SECURITY: k8s.SecurityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };

/**
 * Tools that delete objects which Git has no more would delete the backups together with their database.
 *
 * Source: argo-cd docs/user-guide/sync-options.md; fluxcd.io, Kustomization, prune; helm.sh, Tell Helm Not To Uninstall a Resource.
 */
const KEPT = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false', 'helm.sh/resource-policy': 'keep', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

/** What backups need beside their own plan. */
export interface BackupNeed {
  readonly keySecret: string;
  readonly volume?: VolumeRepositoryOptions;
  readonly imagePullSecrets?: ReadonlyArray<string>;
  /** Of the network of the database; undefined where it is not restricted. */
  readonly network?: NonNullable<PostgresProps['network']>['_options'];
}

/** The objects of backups. */
export function backupObjects(backup: BackupPlan, { volume, network, ...need }: BackupNeed): ObjectPlan[] {
  const { name } = backup;
  return [
    {
      id: 'backup-config', kind: 'ConfigMap', name, rank: OBJECT_RANK.CONFIGURATION, body: 'data',
      manifest: (plan) => k8s.KubeConfigMap.manifest({ metadata: { name, labels: labelsOf(plan) }, data: backupFiles(backup, plan) }),
    },
    ...(volume === undefined ? [] : [{
      id: 'backup-claim', kind: 'PersistentVolumeClaim', name, rank: OBJECT_RANK.CONFIGURATION, manifest: (plan: DatabasePlan) => renderClaim(plan, name, volume),
    }]),
    ...(network === undefined ? [] : [{
      id: 'backup-network-policy', kind: 'NetworkPolicy', name, rank: OBJECT_RANK.NETWORK, manifest: (plan: DatabasePlan) => renderNetworkPolicy(plan, backup, network),
    }]),
    ...backup.jobs.map((job): ObjectPlan => ({
      id: `backup-${job.kind}`, kind: 'CronJob', name: job.name, rank: OBJECT_RANK.FEATURE, manifest: (plan) => renderCronJob(plan, backup, job, need),
    })),
  ];
}

/** The objects of a recovery. */
export function recoveryObjects(recovery: RecoveryPlan): ObjectPlan[] {
  const { name } = recovery;
  return [{
    id: 'recovery-config', kind: 'ConfigMap', name, rank: OBJECT_RANK.CONFIGURATION, body: 'data',
    manifest: (plan) => k8s.KubeConfigMap.manifest({ metadata: { name, labels: labelsOf(plan) }, data: recoveryFiles(recovery, plan) }),
  }];
}

function labelsOf({ name }: DatabasePlan): Record<string, string> {
  return { ...backupLabels(name), 'app.kubernetes.io/component': 'backup', 'app.kubernetes.io/part-of': name };
}

function renderClaim(plan: DatabasePlan, name: string, options: VolumeRepositoryOptions): unknown {
  const { size, storageClassName, accessMode = PersistentVolumeAccessMode.READ_WRITE_ONCE } = options;
  return k8s.KubePersistentVolumeClaim.manifest({
    metadata: { name, labels: labelsOf(plan), annotations: KEPT },
    spec: { accessModes: [accessMode], storageClassName, resources: { requests: { storage: k8s.Quantity.fromString(formatQuantity(size)) } } },
  });
}

/** Nothing connects to the Jobs. They reach the backup server, DNS and the repository. */
function renderNetworkPolicy(plan: DatabasePlan, { name, repository: { s3 } }: BackupPlan, { mesh, dnsPorts }: NonNullable<BackupNeed['network']>): unknown {
  return k8s.KubeNetworkPolicy.manifest({
    metadata: { name, labels: labelsOf(plan) },
    spec: {
      podSelector: { matchLabels: backupLabels(plan.name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [
        { to: [podsIn(selectorLabels(plan.name))], ports: [tcp(BACKUP_PORT), ...(mesh ? [tcp(mesh.port)] : [])] },
        dnsRule(dnsPorts),
        ...(s3 === undefined ? [] : [s3.egress]),
      ],
    },
  });
}

function renderCronJob(plan: DatabasePlan, backup: BackupPlan, { kind, name, schedule }: JobPlan, need: BackupNeed): unknown {
  const volumes = jobVolumes(plan, backup, need);
  const { config, credentials } = BACKUP_DIRECTORIES;
  return k8s.KubeCronJob.manifest({
    metadata: { name, labels: labelsOf(plan) },
    spec: {
      schedule,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      // Without it, a CronJob that has missed a hundred starts is never started again.
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels: labelsOf(plan) },
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: backup.deadline.toSeconds({ integral: false }),
          template: {
            metadata: { labels: labelsOf(plan) },
            spec: {
              restartPolicy: 'Never',
              automountServiceAccountToken: false,
              ...(need.imagePullSecrets && { imagePullSecrets: need.imagePullSecrets.map((secret) => ({ name: secret })) }),
              enableServiceLinks: false,
              securityContext: {
                runAsNonRoot: true,
                ...(plan.arbitraryUserId ? {} : { runAsUser: plan.userId, runAsGroup: plan.groupId, fsGroup: plan.groupId }),
                fsGroupChangePolicy: 'OnRootMismatch',
                seccompProfile: { type: 'RuntimeDefault' },
              },
              ...placement(plan),
              // A volume of most storage can be mounted on one node only, and the database has it.
              ...(backup.repository.claimName === undefined ? {} : { affinity: { podAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: selectorLabels(plan.name) } }],
              } } }),
              containers: [{
                name: 'backup',
                image: plan.image,
                command: ['sh', `${config}/backup.sh`, kind],
                env: [
                  { name: 'WANTED_RELEASE', value: backup.release }, { name: 'CONFIG', value: config }, { name: 'CREDENTIALS', value: credentials },
                  { name: 'STANZA', value: backup.repository.stanza },
                ],
                terminationMessagePolicy: 'FallbackToLogsOnError',
                securityContext: SECURITY,
                resources: sidecarResources(RESOURCES, backup.resources),
                volumeMounts: volumes.map(({ name: volume, mountPath, isWritten = false }) => ({ name: volume, mountPath, ...(isWritten ? {} : { readOnly: true }) })),
              }],
              volumes: volumes.map(({ name: volume, source }) => ({ name: volume, ...source })),
            },
          },
        },
      },
    },
  });
}

/** The Jobs run where the database may: on nodes of its architecture, and with a volume on its own node, whatever taints that has. */
function placement({ pod }: DatabasePlan): Record<string, unknown> {
  const { nodeSelector, tolerations } = pod?.spec ?? {};
  return { ...(nodeSelector && { nodeSelector }), ...(tolerations && { tolerations }) };
}

interface JobVolume {
  readonly name: string;
  readonly mountPath: string;
  readonly source: VolumeSource;
  readonly isWritten?: boolean;
}

function jobVolumes(plan: DatabasePlan, { name, repository }: BackupPlan, { keySecret }: BackupNeed): JobVolume[] {
  const { config, credentials, repositoryCa, jobKey, serverCa } = BACKUP_DIRECTORIES;
  const secrets = secretsSource(repository);
  return [
    { name: 'config', mountPath: config, source: configMapSource(name) },
    { name: 'backup-cert', mountPath: jobKey, source: secretSource(keySecret, [{ key: 'tls.crt', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }]) },
    { name: 'server-ca', mountPath: serverCa, source: caSource(plan.trustedServerCas, certificateOf(plan, CertificateAlias.SERVER)?.secretName ?? '') },
    ...(secrets ? [{ name: 'credentials', mountPath: credentials, source: secrets }] : []),
    ...(repository.s3?.ca ? [{ name: 'repository-ca', mountPath: repositoryCa, source: repository.s3.ca }] : []),
    ...(repository.claimName === undefined ? [] : [{ name: 'repository', mountPath: REPOSITORY_VOLUME, source: { persistentVolumeClaim: { claimName: repository.claimName } }, isWritten: true }]),
    { name: 'tmp', mountPath: '/tmp', source: emptyDir(FEW_FILES), isWritten: true },
  ];
}
