import { k8s } from 'cdk8s-plus-27';
import type { DatabasePlan } from '../../plan/database-plan';
import { selectorLabels } from '../../plan/names';
import { patroniPlan, type PatroniPlan } from '../../plan/patroni-plan';
import { NEVER, REPORTED } from '../../plan/reloader-report';
import { ownContainer, portsOf } from '../pods/container';
import { initContainer, podSpec, reloaderContainer } from '../pods/pod-spec';

/** Time for the first start, in which a replica copies the data: Patroni answers during it, so that only a Patroni that hangs exceeds it. */
const START_SECONDS = 300;

/** The pod of a member. */
export function renderPod(plan: DatabasePlan): k8s.PodSpec {
  const patroni = patroniPlan(plan)!;
  return {
    ...podSpec(plan, {
      init: initContainer({ ...plan, initdbOptions: [] }),
      postgres: postgresContainer(plan, patroni),
      // It never makes the pod unready: Services with a role lead to ready pods alone, and a leader that cannot load a renewed certificate must keep
      // its clients. The probe shows its problems as events, and never restarts it.
      reloader: reloaderContainer(plan, { livenessProbe: { exec: REPORTED, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: NEVER } }),
    }),
    ...spread(plan, patroni),
  };
}

/** Patroni is process 1: it forks, and the parent adopts orphans and forwards signals (patroni/__main__.py). At SIGTERM it shuts the server down and lets a replica take over. */
function postgresContainer(plan: DatabasePlan, { ttl, loopWait }: PatroniPlan): k8s.Container {
  const probe = (path: string): k8s.Probe => ({ httpGet: { path, port: k8s.IntOrString.fromString('patroni'), scheme: 'HTTPS' }, periodSeconds: loopWait, timeoutSeconds: 5 });
  return {
    ...ownContainer('postgres', plan),
    command: ['patroni', `${plan.layout.config}/patroni.yml`],
    ports: portsOf('postgres', plan),
    startupProbe: { ...probe('/liveness'), periodSeconds: 5, failureThreshold: START_SECONDS / 5 },
    // A leader, or a replica that streams; a dead leader keeps its label, and only this takes it out of its Service.
    readinessProbe: { ...probe('/readiness'), periodSeconds: 5 },
    livenessProbe: { ...probe('/liveness'), failureThreshold: Math.max(3, Math.ceil(ttl / loopWait)) },
    resources: plan.resources['postgres'],
  };
}

function spread({ name }: DatabasePlan, { isSpreadRequired }: PatroniPlan): Pick<k8s.PodSpec, 'affinity' | 'topologySpreadConstraints'> {
  const labelSelector = { matchLabels: selectorLabels(name) };
  const apart = { labelSelector, topologyKey: 'kubernetes.io/hostname' };
  return {
    affinity: {
      podAntiAffinity: isSpreadRequired
        ? { requiredDuringSchedulingIgnoredDuringExecution: [apart] }
        : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: apart }] },
    },
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector }],
  };
}
