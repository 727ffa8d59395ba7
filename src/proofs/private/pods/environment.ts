import { Inventory } from '../inventory';
import { ContainerView, PodView } from '../pod-view';
import { mapping, mappings, text } from '../reading';

/** The environment variables of a container whose values stand in manifests of the app; those from Secrets are left out. */
export function environmentOf(pod: PodView, { spec }: ContainerView, inventory: Inventory): ReadonlyMap<string, string> {
  const data = (name: unknown) => mapping(inventory.find('', 'ConfigMap', pod.at.namespace, text(name))?.manifest['data']);
  const variables = new Map<string, string>();
  for (const { prefix, configMapRef } of mappings(spec['envFrom'])) {
    for (const [key, value] of Object.entries(configMapRef === undefined ? {} : data(mapping(configMapRef)['name']))) { variables.set(`${text(prefix)}${key}`, text(value)); }
  }
  for (const { name, value, valueFrom } of mappings(spec['env'])) {
    const { configMapKeyRef } = mapping(valueFrom);
    const reference = mapping(configMapKeyRef);
    if (valueFrom === undefined) {
      variables.set(text(name), text(value).replace(/\$\(([\w.-]+)\)/g, (whole, other: string) => variables.get(other) ?? whole));
    } else if (configMapKeyRef !== undefined && text(reference['key']) in data(reference['name'])) {
      variables.set(text(name), text(data(reference['name'])[text(reference['key'])]));
    } else {
      variables.delete(text(name));
    }
  }
  return variables;
}
