import type { k8s } from 'cdk8s-plus-27';
import type { EngineOptions } from '../../plan/availability-plan';
import { tcp } from '../../plan/client-egress';
import type { DatabaseBasics } from '../../plan/database-basics';
import { POSTGRES_PORT } from '../../plan/layout';
import { podsIn } from '../../plan/network-policy-peer';
import { podLabels } from '../../plan/pod-labels';
import type { PodTraffic } from '../../plan/pod-traffic';

/** HTTPS of the instance manager: the operator asks it for the state of its instance, and instances ask each other whether they are isolated. */
const STATUS_PORT = 8000;

/** Labels of the operator's pods. Source: CloudNativePG config/manager/manager.yaml. */
const OPERATOR = { 'app.kubernetes.io/name': 'cloudnative-pg' };

/**
 * What instances need: the operator at the status port, each other for replication, and the API server, from which they read certificates and where they renew their Lease.
 * The address of the API server is not known here, only its port.
 */
export function podTraffic(basics: DatabaseBasics): PodTraffic {
  const { operatorNamespace = 'cnpg-system', apiServerPorts = [443, 6443] } = optionsOf(basics);
  const peers: k8s.NetworkPolicyPeer[] = [podsIn(podLabels(basics))];
  const ports = [tcp(POSTGRES_PORT), tcp(STATUS_PORT)];
  return {
    ingress: [{ from: [podsIn(OPERATOR, operatorNamespace)], ports: [tcp(STATUS_PORT)] }, { from: peers, ports }],
    egress: [{ to: peers, ports }, { ports: apiServerPorts.map(tcp) }],
  };
}

/** The options of the engine. */
export function optionsOf({ availability }: Pick<DatabaseBasics, 'availability'>): EngineOptions<'cloudnativepg'> {
  if (availability.engine !== 'cloudnativepg') { throw new Error(`engine '${availability.engine}' is not CloudNativePG`); }
  return availability.options;
}
