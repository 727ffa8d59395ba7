import { LabelSelector, type PodSelectorConfig } from 'cdk8s-plus-27';
import { selectorLabels } from './plan/names';

/** The pods of a database of this package, for cdk8s-plus. */
export function podSelectorOf({ name, namespace }: { readonly name: string; readonly namespace?: string }): PodSelectorConfig {
  return { labelSelector: LabelSelector.of({ labels: selectorLabels(name) }), ...(namespace !== undefined && { namespaces: { names: [namespace] } }) };
}

/**
 * Has `connections.allowTo` allow one port of a peer: cdk8s-plus takes the ports of the property `containers`, which its types do not show, and allows every port of a
 * peer without it. Source: cdk8s-plus, extractContainerPorts.
 */
export function allowPort(peer: object, port: number): void {
  Object.defineProperty(peer, 'containers', { value: [{ ports: [{ number: port }] }] });
}
