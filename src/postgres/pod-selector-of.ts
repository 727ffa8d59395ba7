import { LabelSelector, type PodSelectorConfig } from 'cdk8s-plus-27';

/** The pods of a database, for cdk8s-plus. */
export function podSelectorOf(labels: Readonly<Record<string, string>>, namespace: string | undefined): PodSelectorConfig {
  return { labelSelector: LabelSelector.of({ labels: { ...labels } }), ...(namespace !== undefined && { namespaces: { names: [namespace] } }) };
}

/**
 * Has `connections.allowTo` allow one port of a peer: cdk8s-plus takes the ports of the property `containers`, which its types do not show, and allows every port of a
 * peer without it. Source: cdk8s-plus, extractContainerPorts.
 */
export function allowPort(peer: object, port: number): void {
  Object.defineProperty(peer, 'containers', { value: [{ ports: [{ number: port }] }] });
}
