import { k8s } from 'cdk8s-plus-27';
import { furtherContainer, isMountedBy, ownContainer } from './container';
import { IDENTITY_DIRECTORY } from './own-files';
import type { DatabasePlan } from '../../plan/database-plan';
import type { VolumePlan } from '../../plan/volumes';

/** Seconds for the checkpoint of a fast shutdown, before kubelet kills. */
const SHUTDOWN_SECONDS = 300;

/** The containers of an engine. */
export interface OwnContainers {
  readonly init: k8s.Container;
  readonly postgres: k8s.Container;
  readonly reloader: k8s.Container;
}

/** The pod of a server with the containers of an engine, and those that features add. */
export function podSpec(plan: DatabasePlan, { init, postgres, reloader }: OwnContainers): k8s.PodSpec {
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
    initContainers: [...(plan.passwordFile ? [identityContainer(plan)] : []), init],
    containers: [postgres, reloader, ...plan.containers.flatMap((container) => (container.spec ? [furtherContainer(plan, container)] : []))],
    volumes: podVolumes(plan.volumes),
  };
}

/** The container that prepares the data directory. */
export function initContainer(plan: DatabasePlan): k8s.Container {
  return {
    ...ownContainer('init', plan),
    command: ['sh', `${plan.layout.config}/init.sh`, ...plan.initdbOptions],
    resources: plan.resources['init'],
  };
}

/** The container that has the server load what kubelet updates, with the probes of an engine. */
export function reloaderContainer(plan: DatabasePlan, probes: Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>): k8s.Container {
  const watched = plan.volumes.filter((volume) => isMountedBy(volume, 'reloader') && (volume.source?.secret || volume.source?.configMap || volume.source?.projected));
  return {
    ...ownContainer('reloader', plan),
    command: ['sh', `${plan.layout.config}/reload.sh`, ...watched.map(({ mountPath }) => mountPath)],
    ...probes,
    resources: plan.resources['reloader'],
  };
}

function identityContainer(plan: DatabasePlan): k8s.Container {
  return {
    ...ownContainer('identity', plan),
    command: ['sh', `${plan.layout.config}/identity.sh`, `${IDENTITY_DIRECTORY}/passwd`],
    resources: plan.resources['identity'],
  };
}

/** A volume may be mounted in several places, but is there once. */
function podVolumes(volumes: ReadonlyArray<VolumePlan>): k8s.Volume[] {
  const sources = new Map(volumes.flatMap(({ name, source }) => (source ? [[name, source] as const] : [])));
  return [...sources].map(([name, source]) => ({ name, ...source }));
}
