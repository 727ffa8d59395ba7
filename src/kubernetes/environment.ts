import { ManifestIndex } from './manifest-index';
import { ContainerView, PodView } from './pod-view';
import { shownData } from './shown-data';
import { mapping, Mapping, mappings, text } from '../data';

/** The environment variables of a container whose values are visible in manifests of the app: in its own, in ConfigMaps and in Secrets. */
export function environmentOf(pod: PodView, { spec }: ContainerView, manifests: ManifestIndex): ReadonlyMap<string, string> {
  const dataOf = (configMap: unknown, secret: unknown): Mapping => ({
    ...shownData(manifests, pod.at, 'ConfigMap', text(mapping(configMap)['name'])), ...shownData(manifests, pod.at, 'Secret', text(mapping(secret)['name'])),
  });
  const variables = new Map<string, string>();
  for (const { prefix, configMapRef, secretRef } of mappings(spec['envFrom'])) {
    for (const [key, value] of Object.entries(dataOf(configMapRef, secretRef))) { variables.set(`${text(prefix)}${key}`, text(value)); }
  }
  for (const { name, value, valueFrom } of mappings(spec['env'])) {
    const { configMapKeyRef, secretKeyRef } = mapping(valueFrom);
    const key = text(mapping(configMapKeyRef ?? secretKeyRef)['key']);
    const known = valueFrom === undefined ? {} : dataOf(configMapKeyRef, secretKeyRef);
    if (valueFrom === undefined) {
      variables.set(text(name), expandVariables(text(value), variables));
    } else if (key in known) {
      variables.set(text(name), text(known[key]));
    } else {
      variables.delete(text(name));
    }
  }
  return variables;
}

/** The value of a variable for which kubelet gives a text: it replaces `$(NAME)` and `$$`. */
export function literalVariable(text: string): string {
  return text.replaceAll('$', () => '$$');
}

/** A value or argument as kubelet expands it: `$(NAME)` stands for a variable, `$$` for `$`. Source: Kubernetes third_party/forked/golang/expansion/expand.go. */
export function expandVariables(value: string, variables: ReadonlyMap<string, string>): string {
  return value.includes('$') ? value.replace(/\$\$|\$\(([^()]*)\)/g, (whole, name?: string) => (name === undefined ? '$' : variables.get(name) ?? whole)) : value;
}
