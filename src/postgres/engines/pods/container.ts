import { k8s } from 'cdk8s-plus-27';
import { CONTAINER_SECURITY } from '../../plan/container-security';
import type { DatabasePlan } from '../../plan/database-plan';
import type { ContainerPlan } from '../../plan/parts';
import { searchPath } from '../../plan/search-path';
import type { VolumePlan } from '../../plan/volumes';

export function container(name: string, { volumes }: DatabasePlan, shares: ReadonlyArray<string> = [], reads: ReadonlyArray<string> = []): k8s.Container {
  return {
    name,
    // Nothing here writes a message of its own: without this `kubectl describe pod` shows an exit code, and the reason is in a log that is gone.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: CONTAINER_SECURITY,
    volumeMounts: volumes.filter((volume) => isMountedBy(volume, name) || shares.includes(volume.name) || reads.includes(volume.name))
      .map(({ name: volume, mountPath, readOnly, subPath }) => ({ name: volume, mountPath, readOnly: reads.includes(volume) ? true : readOnly, subPath })),
  };
}

/** A container of the image of the database. */
export function ownContainer(name: string, plan: DatabasePlan): k8s.Container {
  const env = [...searchPath(plan), ...variablesOf(name, plan)];
  return { ...container(name, plan), image: plan.image, ...(env.length === 0 ? {} : { env }) };
}

/** A container that another feature adds, with an image of its own. */
export function furtherContainer(plan: DatabasePlan, { name, spec, shares, reads }: ContainerPlan): k8s.Container {
  const env = [...(spec?.env ?? []), ...variablesOf(name, plan)];
  return { ...container(name, plan, shares, reads), ...spec, ...(env.length === 0 ? {} : { env }), ports: portsOf(name, plan) };
}

export function portsOf(container: string, { ports }: DatabasePlan): k8s.ContainerPort[] | undefined {
  const own = ports.filter((port) => port.container === container).map(({ name, number }) => ({ name, containerPort: number, protocol: 'TCP' }));
  return own.length > 0 ? own : undefined;
}

export function isMountedBy({ users }: VolumePlan, container: string): boolean {
  return users === 'all' || users.includes(container);
}

function variablesOf(container: string, { variables }: DatabasePlan): k8s.EnvVar[] {
  return variables.filter((entry) => entry.container === container).map(({ variable }) => variable);
}
