import { hasDeclarations } from '../../declarations';
import type { AlertPlan } from '../../plan/parts';
import type { DatabaseBasics } from '../../plan/database-basics';

/** Alerts for the containers of the pod. */
export function containerAlerts({ namespace, name, declarations }: DatabaseBasics): AlertPlan[] {
  const pod = `namespace="${namespace}",pod="${name}-0"`;
  const ready = `kube_pod_container_status_ready{${pod},container="reloader"}`;
  const restarts = `kube_pod_container_status_restarts_total{${pod}}`;
  const needs = (series: string) => ({ source: 'kube-state-metrics', series: `max(${series})` });
  return [
    {
      alert: 'PostgresReloadFailed', expr: `${ready} == 0`, for: '10m', severity: 'critical', needs: needs(ready),
      summary: `the server cannot reload a certificate, a password or its configuration${hasDeclarations(declarations) ? ', or refuses a declared role, database or privilege' : ''}; see the log of the reloader`,
    },
    {
      alert: 'PostgresContainerRestarted', expr: `increase(${restarts}[15m]) > 0`, for: '0m', severity: 'warning', needs: needs(restarts),
      summary: 'a container was restarted; kubectl describe pod shows the cause under Last State, OOMKilled for the memory limit',
    },
  ];
}
