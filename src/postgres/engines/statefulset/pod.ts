import { k8s } from 'cdk8s-plus-27';
import type { DatabasePlan } from '../../plan/database-plan';
import { POSTGRES_PORT } from '../../plan/layout';
import { REPORTED, REPORTED_AT_START } from '../../plan/reloader-report';
import { SUPERUSER } from '../../plan/roles';
import { ownContainer, portsOf } from '../pods/container';
import { hangFile } from '../pods/own-files';
import { initContainer, podSpec, reloaderContainer } from '../pods/pod-spec';

/** The pod of a database. */
export function renderPod(plan: DatabasePlan): k8s.PodSpec {
  return podSpec(plan, {
    init: initContainer(plan),
    postgres: postgresContainer(plan),
    reloader: reloaderContainer(plan, {
      // Not ready while the server cannot load something that is mounted. The Services include the pod all the same.
      // The event of a failed probe shows its output. The startup probe finds the first success at once, and kubelet asks for readiness then;
      // it never restarts the reloader, which waits for the server for as long as that recovers.
      startupProbe: REPORTED_AT_START,
      readinessProbe: { exec: REPORTED, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 1 },
    }),
  });
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
