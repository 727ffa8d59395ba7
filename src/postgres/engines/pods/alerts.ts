import { hasDeclarations } from '../../declarations';
import type { AlertPlan } from '../../plan/parts';
import type { DatabaseBasics } from '../../plan/database-basics';

/**
 * Alerts for the containers of the pod.
 *
 * @param isUnready whether a problem of the reloader makes its container unready
 */
export function containerAlerts({ namespace, name, members, declarations }: DatabaseBasics, isUnready: boolean): AlertPlan[] {
  const pod = `namespace="${namespace}",${members === 1 ? `pod="${name}-0"` : `pod=~"${name}-[0-9]+"`}`;
  const ready = `kube_pod_container_status_ready{${pod},container="reloader"}`;
  const restarts = `kube_pod_container_status_restarts_total{${pod}}`;
  const needs = (series: string) => ({ source: 'kube-state-metrics', series: `max(${series})` });
  return [
    {
      alert: 'PostgresReloadFailed', for: '10m', severity: 'critical', ...(isUnready ? { expr: `${ready} == 0`, needs: needs(ready) } : failedProbes(pod)),
      summary: `the server cannot reload a certificate, a password or its configuration${hasDeclarations(declarations) ? ', or refuses a declared role, database or privilege' : ''}; see the log of the reloader`,
    },
    {
      alert: 'PostgresContainerRestarted', expr: `increase(${restarts}[15m]) > 0`, for: '0m', severity: 'warning', needs: needs(restarts),
      summary: 'a container was restarted; kubectl describe pod shows the cause under Last State, OOMKilled for the memory limit',
    },
  ];
}

/** A member's reloader only fails a probe that has no other effect: kubelet counts it. */
function failedProbes(pod: string): Pick<AlertPlan, 'expr' | 'needs'> {
  const probes = (result: string) => `prober_probe_total{${pod},container="reloader",probe_type="Liveness",result="${result}"}`;
  return { expr: `increase(${probes('failed')}[5m]) > 0`, needs: { source: 'kubelet', series: `max(${probes('successful')})` } };
}
