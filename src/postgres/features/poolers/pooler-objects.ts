import { Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-27';
import { POOLER_DIRECTORIES, poolerFiles } from './pooler-files';
import type { PoolerPlan } from './resolve-poolers';
import { certificateOf } from '../../plan/certificates';
import { CertificateAlias } from '../../plan/certificate-alias';
import { CONTAINER_SECURITY } from '../../plan/container-security';
import type { DatabasePlan, ObjectPlan } from '../../plan/database-plan';
import { POSTGRES_PORT } from '../../plan/layout';
import type { NetworkPolicyPeer } from '../../plan/network-policy-peer';
import { poolerLabels } from '../../plan/names';
import { policyIngress } from '../../plan/policy-ingress';
import { OBJECT_RANK } from '../../plan/rank';
import type { PostgresProps } from '../../postgres-props';
import { PROBLEM_FILE, READY_FILE, REPORTED_AT_START } from '../../plan/reloader-report';
import { reloaderResources, sidecarResources } from '../../plan/resources';
import { searchPath } from '../../plan/search-path';
import { caSource, configMapSource, emptyDir, FEW_FILES, secretSource, type VolumeSource } from '../../plan/volumes';

const PORT = 'postgresql';
const TEMPORARY = 'tmp';
const RESOURCES = { cpu: { request: Cpu.millis(100) }, memory: { request: Size.mebibytes(64), limit: Size.mebibytes(64) } };

/** What a pooler needs beside its own plan. */
export interface PoolerNeed {
  readonly serverKeySecret: string;
  readonly clientKeySecret: string;
  /** Pods that may connect. */
  readonly peers: ReadonlyArray<NetworkPolicyPeer>;
  readonly mesh?: NonNullable<PostgresProps['network']>['_options']['mesh'];
  readonly imagePullSecrets?: ReadonlyArray<string>;
  /** The egress of its pods; undefined where the network of the database is not restricted. */
  readonly egress?: ReadonlyArray<k8s.NetworkPolicyEgressRule>;
}

/** The objects of a pooler. */
export function poolerObjects(pooler: PoolerPlan, need: PoolerNeed): ObjectPlan[] {
  const { name, declared } = pooler;
  const id = (what: string) => `pooler-${declared}-${what}`;
  const { peers, mesh, egress } = need;
  return [
    { id: id('config'), kind: 'ConfigMap', name: `${name}-config`, rank: OBJECT_RANK.FEATURE, body: 'data', manifest: (plan) => k8s.KubeConfigMap.manifest({
      metadata: { name: `${name}-config`, labels: labelsOf(plan, pooler) }, data: poolerFiles(pooler, plan.serverNames.endpoint ?? ''),
    }) },
    { id: id('service'), kind: 'Service', name, rank: OBJECT_RANK.FEATURE, manifest: (plan) => k8s.KubeService.manifest({
      metadata: { name, labels: labelsOf(plan, pooler) },
      spec: { type: 'ClusterIP', selector: poolerLabels(plan.name, declared), ports: [{ name: PORT, port: POSTGRES_PORT, protocol: 'TCP', targetPort: k8s.IntOrString.fromString(PORT) }] },
    }) },
    ...(egress === undefined ? [] : [{ id: id('network-policy'), kind: 'NetworkPolicy', name, rank: OBJECT_RANK.FEATURE, manifest: (plan: DatabasePlan) => k8s.KubeNetworkPolicy.manifest({
      metadata: { name, labels: labelsOf(plan, pooler) },
      spec: {
        podSelector: { matchLabels: poolerLabels(plan.name, declared) },
        policyTypes: ['Ingress', 'Egress'],
        ingress: policyIngress([{ port: PORT, from: peers }], mesh),
        egress: [...egress],
      },
    }) }]),
    { id: id('disruption-budget'), kind: 'PodDisruptionBudget', name, rank: OBJECT_RANK.FEATURE, manifest: (plan) => k8s.KubePodDisruptionBudget.manifest({
      metadata: { name, labels: labelsOf(plan, pooler) },
      spec: { selector: { matchLabels: poolerLabels(plan.name, declared) }, maxUnavailable: k8s.IntOrString.fromNumber(1), unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    }) },
    { id: id('deployment'), kind: 'Deployment', name, rank: OBJECT_RANK.FEATURE, manifest: (plan) => renderDeployment(plan, pooler, need) },
  ];
}

function labelsOf({ name }: DatabasePlan, { declared }: PoolerPlan): Record<string, string> {
  return { ...poolerLabels(name, declared), 'app.kubernetes.io/component': 'pooler', 'app.kubernetes.io/part-of': name };
}

function renderDeployment(plan: DatabasePlan, pooler: PoolerPlan, need: PoolerNeed): unknown {
  const { name, declared, instances, terminationGracePeriod } = pooler;
  const selector = poolerLabels(plan.name, declared);
  const volumes = poolerVolumes(plan, pooler, need);
  return k8s.KubeDeployment.manifest({
    metadata: { name, labels: labelsOf(plan, pooler) },
    spec: {
      replicas: instances,
      selector: { matchLabels: selector },
      // Clients keep a pod to connect to, also where there is one.
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(0), maxSurge: k8s.IntOrString.fromNumber(1) } },
      template: {
        metadata: { labels: labelsOf(plan, pooler) },
        spec: {
          automountServiceAccountToken: false,
          ...(need.imagePullSecrets && { imagePullSecrets: need.imagePullSecrets.map((secret) => ({ name: secret })) }),
          enableServiceLinks: false,
          terminationGracePeriodSeconds: terminationGracePeriod.toSeconds({ integral: false }),
          securityContext: {
            runAsNonRoot: true,
            ...(plan.arbitraryUserId ? {} : { runAsUser: plan.userId, runAsGroup: plan.groupId, fsGroup: plan.groupId }),
            fsGroupChangePolicy: 'OnRootMismatch',
            seccompProfile: { type: 'RuntimeDefault' },
          },
          topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: selector } }],
          containers: [pgBouncerContainer(pooler, volumes), reloaderContainer(plan, pooler, volumes)],
          volumes: volumes.map(({ name: volume, source }) => ({ name: volume, ...source })),
        },
      },
    },
  });
}

interface PoolerVolume {
  readonly name: string;
  readonly mountPath: string;
  readonly source: VolumeSource;
  /** Whether it is watched for changes. */
  readonly isWatched: boolean;
  readonly isWritten?: boolean;
}

function poolerVolumes(plan: DatabasePlan, { name }: PoolerPlan, { serverKeySecret, clientKeySecret }: PoolerNeed): PoolerVolume[] {
  const { config, socket, serverKey, clientKey, clientCa, serverCa } = POOLER_DIRECTORIES;
  const pair = [{ key: 'tls.crt', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }];
  return [
    { name: 'config', mountPath: config, source: configMapSource(`${name}-config`), isWatched: true },
    { name: 'server-cert', mountPath: serverKey, source: secretSource(serverKeySecret, pair), isWatched: true },
    { name: 'client-cert', mountPath: clientKey, source: secretSource(clientKeySecret, pair), isWatched: true },
    { name: 'client-ca', mountPath: clientCa, source: caSource(plan.trustedClientCas, plan.clientCa?.secretName ?? ''), isWatched: true },
    { name: 'server-ca', mountPath: serverCa, source: caSource(plan.trustedServerCas, certificateOf(plan, CertificateAlias.SERVER)?.secretName ?? ''), isWatched: true },
    { name: 'run', mountPath: socket, source: emptyDir(FEW_FILES), isWatched: false, isWritten: true },
    // For the reloader.
    { name: TEMPORARY, mountPath: '/tmp', source: emptyDir(FEW_FILES), isWatched: false, isWritten: true },
  ];
}

function mounts(volumes: ReadonlyArray<PoolerVolume>): k8s.VolumeMount[] {
  return volumes.map(({ name, mountPath, isWritten = false }) => ({ name, mountPath, ...(isWritten ? {} : { readOnly: true }) }));
}

function pgBouncerContainer(pooler: PoolerPlan, volumes: ReadonlyArray<PoolerVolume>): k8s.Container {
  const listens: k8s.Probe = { tcpSocket: { port: k8s.IntOrString.fromString(PORT) }, periodSeconds: 10, timeoutSeconds: 5 };
  return {
    name: 'pgbouncer',
    image: pooler.version.image,
    command: ['pgbouncer', `${POOLER_DIRECTORIES.config}/pgbouncer.ini`],
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: CONTAINER_SECURITY,
    ports: [{ name: PORT, containerPort: POSTGRES_PORT, protocol: 'TCP' }],
    livenessProbe: { ...listens, failureThreshold: 6 },
    readinessProbe: listens,
    resources: sidecarResources(RESOURCES, pooler.resources),
    volumeMounts: mounts(volumes.filter(({ name }) => name !== TEMPORARY)),
  };
}

/** In the image of the database, which has psql and openssl. */
function reloaderContainer(plan: DatabasePlan, pooler: PoolerPlan, volumes: ReadonlyArray<PoolerVolume>): k8s.Container {
  const { config, socket, serverKey, clientKey } = POOLER_DIRECTORIES;
  return {
    name: 'reloader',
    image: plan.image,
    command: ['sh', `${config}/reload-pooler.sh`, ...volumes.filter(({ isWatched }) => isWatched).map(({ mountPath }) => mountPath)],
    env: [
      ...searchPath(plan),
      { name: 'PGHOST', value: socket }, { name: 'PGPORT', value: String(POSTGRES_PORT) }, { name: 'PGUSER', value: 'pgbouncer' }, { name: 'PGDATABASE', value: 'pgbouncer' },
      { name: 'PGBOUNCER_RELEASE', value: pooler.version.release },
      { name: 'SERVER_CERTIFICATE', value: `${serverKey}/tls.crt` }, { name: 'CLIENT_CERTIFICATE', value: `${clientKey}/tls.crt` },
      { name: 'READY_FILE', value: READY_FILE }, { name: 'PROBLEM_FILE', value: PROBLEM_FILE },
    ],
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: CONTAINER_SECURITY,
    // A pod that has never loaded its files gets no clients, and stops the rollout. Not a readiness probe: a renewed certificate that cannot be loaded concerns all pods at
    // once, and would leave the Service without any.
    startupProbe: REPORTED_AT_START,
    resources: reloaderResources(undefined),
    volumeMounts: mounts(volumes),
  };
}
