import { k8s } from 'cdk8s-plus-27';
import { hangFile, IDENTITY_DIRECTORY } from './own-files';
import type { DatabasePlan } from '../../plan/database-plan';
import type { ContainerPlan } from '../../plan/parts';
import { POSTGRES_PORT } from '../../plan/layout';
import { SUPERUSER } from '../../plan/roles';
import type { VolumePlan } from '../../plan/volumes';

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
export function renderPod(plan: DatabasePlan): k8s.PodSpec {
  return {
    serviceAccountName: plan.names.serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...(plan.hostAliases.length > 0 ? { hostAliases: [...plan.hostAliases] } : {}),
    terminationGracePeriodSeconds: SHUTDOWN_SECONDS,
    securityContext: {
      runAsNonRoot: true,
      ...(plan.arbitraryUserId ? {} : { runAsUser: plan.userId, runAsGroup: plan.groupId, fsGroup: plan.groupId }),
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    initContainers: [...(plan.passwordFile ? [identityContainer(plan)] : []), initContainer(plan)],
    containers: [postgresContainer(plan), reloaderContainer(plan), ...plan.containers.flatMap((container) => (container.spec ? [furtherContainer(plan, container)] : []))],
    volumes: podVolumes(plan.volumes),
  };
}

/** A volume may be mounted in several places, but is there once. */
function podVolumes(volumes: ReadonlyArray<VolumePlan>): k8s.Volume[] {
  const sources = new Map(volumes.flatMap(({ name, source }) => (source ? [[name, source] as const] : [])));
  return [...sources].map(([name, source]) => ({ name, ...source }));
}

function identityContainer(plan: DatabasePlan): k8s.Container {
  return {
    ...ownContainer('identity', plan),
    command: ['sh', `${plan.layout.config}/identity.sh`, `${IDENTITY_DIRECTORY}/passwd`],
    resources: plan.resources['identity'],
  };
}

function initContainer(plan: DatabasePlan): k8s.Container {
  return {
    ...ownContainer('init', plan),
    command: ['sh', `${plan.layout.config}/init.sh`, ...plan.initdbOptions],
    resources: plan.resources['init'],
  };
}

/**
 * PostgreSQL itself is PID 1, so that signals reach it, and the probes run no shell:
 * PostgreSQL restarts every session when an orphan that it adopted as PID 1 ends with an unexpected status
 * (docker-library/postgres issue 1349).
 */
function postgresContainer(plan: DatabasePlan): k8s.Container {
  return {
    ...ownContainer('postgres', plan),
    command: ['postgres', '-c', `config_file=${plan.layout.config}/postgresql.conf`],
    ports: portsOf('postgres', plan),
    // A fast shutdown for every stop signal of the image: after SIGTERM the server would wait for every session to end.
    lifecycle: { preStop: { exec: { command: ['pg_ctl', 'stop', '--mode=fast', '--no-wait', `--pgdata=${plan.layout.pgData}`] } } },
    // Asks at the socket: over TCP every look would be refused and fill the log. Initialisation never answers there, it has ended.
    readinessProbe: {
      exec: { command: ['pg_isready', `--host=${plan.layout.socket}`, `--port=${POSTGRES_PORT}`, `--username=${SUPERUSER}`] },
      periodSeconds: 5,
      timeoutSeconds: 5,
    },
    // The reloader asks, and leaves a file while there is no answer at all. Neither probe detects it: for a server that hangs the kernel goes
    // on accepting connections, and pg_isready fails also while a server recovers. One that hangs does not shut down either.
    livenessProbe: {
      exec: { command: ['test', '!', '-e', hangFile(plan.layout)] },
      initialDelaySeconds: 30,
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
      terminationGracePeriodSeconds: 30,
    },
    resources: plan.resources['postgres'],
  };
}

function reloaderContainer(plan: DatabasePlan): k8s.Container {
  const watched = plan.volumes.filter((volume) => isMountedBy(volume, 'reloader') && (volume.source?.secret || volume.source?.configMap || volume.source?.projected));
  return {
    ...ownContainer('reloader', plan),
    command: ['sh', `${plan.layout.config}/reload.sh`, ...watched.map(({ mountPath }) => mountPath)],
    // Not ready while the server cannot load something that is mounted. The Services include the pod all the same.
    // The event of a failed probe shows its output. The startup probe finds the first success at once, and kubelet asks for readiness then;
    // it never restarts the reloader, which waits for the server for as long as that recovers.
    startupProbe: { exec: REPORTED, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: NEVER },
    readinessProbe: { exec: REPORTED, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 1 },
    resources: plan.resources['reloader'],
  };
}

/** A container that another feature adds, with an image of its own. */
function furtherContainer(plan: DatabasePlan, { name, spec, shares, reads }: ContainerPlan): k8s.Container {
  const env = [...(spec?.env ?? []), ...variablesOf(name, plan)];
  return { ...container(name, plan, shares, reads), ...spec, ...(env.length === 0 ? {} : { env }), ports: portsOf(name, plan) };
}

/** A container of the image of the database. */
function ownContainer(name: string, plan: DatabasePlan): k8s.Container {
  const env = [...searchPath(plan), ...variablesOf(name, plan)];
  return { ...container(name, plan), image: plan.image, ...(env.length === 0 ? {} : { env }) };
}

function container(name: string, { volumes }: DatabasePlan, shares: ReadonlyArray<string> = [], reads: ReadonlyArray<string> = []): k8s.Container {
  return {
    name,
    // Nothing here writes a message of its own: without this `kubectl describe pod` shows an exit code, and the reason is in a log that is gone.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: CONTAINER_SECURITY,
    volumeMounts: volumes.filter((volume) => isMountedBy(volume, name) || shares.includes(volume.name) || reads.includes(volume.name))
      .map(({ name: volume, mountPath, readOnly, subPath }) => ({ name: volume, mountPath, readOnly: reads.includes(volume) ? true : readOnly, subPath })),
  };
}

function isMountedBy({ users }: VolumePlan, container: string): boolean {
  return users === 'all' || users.includes(container);
}

function variablesOf(container: string, { variables }: DatabasePlan): k8s.EnvVar[] {
  return variables.filter((entry) => entry.container === container).map(({ variable }) => variable);
}

function portsOf(container: string, { ports }: DatabasePlan): k8s.ContainerPort[] | undefined {
  const own = ports.filter((port) => port.container === container).map(({ name, number }) => ({ name, containerPort: number, protocol: 'TCP' }));
  return own.length > 0 ? own : undefined;
}

/** The PATH of an image whose programs are elsewhere; a container that sets it does not get the image's. */
function searchPath({ programs }: DatabasePlan): k8s.EnvVar[] {
  return programs === undefined ? [] : [{ name: 'PATH', value: `${programs}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin` }];
}
