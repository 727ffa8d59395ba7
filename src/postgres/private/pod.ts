import { k8s } from 'cdk8s-plus-27';
import { exporterContainer } from './exporter';
import { initdbOptions } from './initdb-options';
import { POSTGRES_PORT } from './layout';
import { SUPERUSER } from './certificates';
import type { PostgresPlan } from './plan';
import { exporterResources, reloaderResources, serverResources, withHugePages } from './resources';
import { LOOPBACK } from './server-names';
import { RELOADER_ROLE } from './system-roles';
import { ContainerName, VolumePlan, volumeMounts } from './volumes';
import type { PostgresProps } from '../postgres-props';

/** What the `restricted` Pod Security Standard asks of a container, and a root filesystem that nothing can be left in. */
export const CONTAINER_SECURITY: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/** Seconds for the checkpoint of a fast shutdown, before kubelet kills. */
const SHUTDOWN_SECONDS = 300;

/** Succeeds while the reloader has no problem, or else prints its problems. Of the image it needs what the reloader needs. */
const REPORTED: k8s.ExecAction = { command: ['sh', '-c', 'test -e "$READY_FILE" || { cat "$PROBLEM_FILE"; exit 1; }'] };

/** The most that the field takes: a signed integer of 32 bits. */
const NEVER = 2_147_483_647;

/** The pod of a database. */
export function renderPod(plan: PostgresPlan, volumes: ReadonlyArray<VolumePlan>, props: Pick<PostgresProps, 'resources' | 'hugePages' | 'monitor' | 'podTemplate' | 'storage'>): k8s.PodSpec {
  const resources = serverResources(props.resources, props.storage);
  const { initResources, reloaderResources: reloader } = props.podTemplate ?? {};
  const init = initResources ? serverResources(initResources, props.storage) : resources;
  return {
    serviceAccountName: plan.names.serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...(plan.exporter?.needsHostAlias ? { hostAliases: [{ ip: LOOPBACK, hostnames: [plan.exporter.host] }] } : {}),
    terminationGracePeriodSeconds: SHUTDOWN_SECONDS,
    securityContext: {
      runAsNonRoot: true,
      ...(plan.arbitraryUserId ? {} : { runAsUser: plan.userId, runAsGroup: plan.groupId, fsGroup: plan.groupId }),
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    initContainers: [...(plan.passwordFile ? [identityContainer(plan, volumes, init)] : []), initContainer(plan, volumes, init)],
    containers: [
      postgresContainer(plan, volumes, withHugePages(resources, props.hugePages)),
      reloaderContainer(plan, volumes, reloaderResources(reloader, props.resources)),
      ...(plan.exporter ? [{ ...container('exporter', plan, volumes), ...exporterContainer(plan.exporter, plan.layout, exporterResources(props.monitor?.resources, props.resources)) }] : []),
    ],
    volumes: podVolumes(volumes),
  };
}

/** A volume may be mounted in several places, but is there once. */
function podVolumes(volumes: ReadonlyArray<VolumePlan>): k8s.Volume[] {
  const sources = new Map(volumes.flatMap(({ name, source }) => (source ? [[name, source] as const] : [])));
  return [...sources].map(([name, source]) => ({ name, ...source }));
}

function identityContainer(plan: PostgresPlan, volumes: ReadonlyArray<VolumePlan>, resources: k8s.ResourceRequirements): k8s.Container {
  return {
    ...container('identity', plan, volumes),
    command: ['sh', `${plan.layout.config}/identity.sh`, `${plan.layout.identity}/passwd`],
    resources,
  };
}

function initContainer(plan: PostgresPlan, volumes: ReadonlyArray<VolumePlan>, resources: k8s.ResourceRequirements): k8s.Container {
  return {
    ...container('init', plan, volumes, [
      { name: 'PGDATA', value: plan.layout.pgData },
      { name: 'DATA_VOLUME', value: plan.layout.dataMount },
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'POSTGRES_MAJOR', value: String(plan.major) },
      ...(volumes.some(({ name }) => name === 'wal') ? [{ name: 'WAL_DIRECTORY', value: plan.layout.walDirectory }] : []),
      ...(plan.init.scripts ? [{ name: 'POSTGRES_CONF', value: `${plan.layout.config}/postgresql.conf` }, { name: 'INIT_SCRIPTS', value: plan.layout.initScripts }] : []),
    ]),
    command: ['sh', `${plan.layout.config}/init.sh`, ...initdbOptions(plan.major, plan.init)],
    resources,
  };
}

/**
 * PostgreSQL itself is PID 1, so that signals reach it, and the probes run no shell:
 * PostgreSQL restarts every session when an orphan that it adopted as PID 1 ends with an unexpected status
 * (docker-library/postgres issue 1349).
 */
function postgresContainer(plan: PostgresPlan, volumes: ReadonlyArray<VolumePlan>, resources: k8s.ResourceRequirements): k8s.Container {
  return {
    ...container('postgres', plan, volumes),
    command: ['postgres', '-c', `config_file=${plan.layout.config}/postgresql.conf`],
    ports: [{ name: 'postgresql', containerPort: POSTGRES_PORT, protocol: 'TCP' }],
    // A fast shutdown whatever stop signal the image names: after SIGTERM the server would wait for every session to leave.
    lifecycle: { preStop: { exec: { command: ['pg_ctl', 'stop', '--mode=fast', '--no-wait', `--pgdata=${plan.layout.pgData}`] } } },
    // Asks at the socket: over TCP every look would be refused and fill the log. Initialisation never answers there, it has ended.
    readinessProbe: {
      exec: { command: ['pg_isready', `--host=${plan.layout.socket}`, `--port=${POSTGRES_PORT}`, `--username=${SUPERUSER}`] },
      periodSeconds: 5,
      timeoutSeconds: 5,
    },
    // The reloader asks, and leaves a file while there is no answer at all. Neither probe could tell: for a server that hangs the kernel goes
    // on accepting connections, and pg_isready fails also while a server recovers. One that hangs does not shut down either.
    livenessProbe: {
      exec: { command: ['test', '!', '-e', plan.layout.hangFile] },
      initialDelaySeconds: 30,
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
      terminationGracePeriodSeconds: 30,
    },
    resources,
  };
}

function reloaderContainer(plan: PostgresPlan, volumes: ReadonlyArray<VolumePlan>, resources: k8s.ResourceRequirements): k8s.Container {
  const { layout } = plan;
  const watched = volumes.filter((volume) => volume.users.includes('reloader') && (volume.source?.secret || volume.source?.configMap));
  return {
    ...container('reloader', plan, volumes, [
      { name: 'PGHOST', value: layout.socket },
      { name: 'PGPORT', value: String(POSTGRES_PORT) },
      { name: 'PGUSER', value: SUPERUSER },
      { name: 'PGDATABASE', value: 'postgres' },
      { name: 'READY_FILE', value: layout.readyFile },
      { name: 'PROBLEM_FILE', value: layout.problemFile },
      { name: 'HANG_FILE', value: layout.hangFile },
      ...(plan.tls ? [{ name: 'SERVER_CERTIFICATE', value: `${layout.serverCertificate}/tls.crt` }] : []),
      ...(plan.clientAuthority ? [{ name: 'CLIENT_AUTHORITIES', value: `${layout.clientAuthority}/ca.crt` }] : []),
      ...(plan.revocationList ? [{ name: 'REVOCATION_LIST', value: `${layout.revocationList}/${plan.revocationList.key}` }] : []),
      { name: 'ROLES_FILE', value: `${layout.config}/roles.sql` },
      { name: 'RELOAD_USER', value: RELOADER_ROLE },
      ...(plan.authSecretName === undefined ? [] : [{ name: 'PASSWORD_FILE', value: `${layout.authSecret}/password` }]),
    ]),
    command: ['sh', `${layout.config}/reload.sh`, ...watched.map(({ mountPath }) => mountPath)],
    // Not ready while there is something that the server cannot take over. The Services lead to the pod all the same.
    // The event of a failed probe shows its output. The startup probe finds the first success at once, and kubelet asks for readiness then;
    // it never restarts the reloader, which waits for the server for as long as that recovers.
    startupProbe: { exec: REPORTED, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: NEVER },
    readinessProbe: { exec: REPORTED, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 1 },
    resources,
  };
}

/** A container of the image of the database; the exporter has an image and variables of its own. */
function container(name: ContainerName, plan: PostgresPlan, volumes: ReadonlyArray<VolumePlan>, variables: ReadonlyArray<k8s.EnvVar> = []): k8s.Container {
  const env = [...searchPath(plan), ...variables];
  return {
    name,
    image: plan.image,
    ...(env.length === 0 ? {} : { env }),
    // Nothing here writes a message of its own: without this `kubectl describe pod` shows an exit code, and the reason is in a log that is gone.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: CONTAINER_SECURITY,
    volumeMounts: volumeMounts(volumes, name),
  };
}

/** The PATH of an image whose programs are elsewhere; a container that sets it does not get the image's. */
function searchPath({ programs }: PostgresPlan): k8s.EnvVar[] {
  return programs === undefined ? [] : [{ name: 'PATH', value: `${programs}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin` }];
}
