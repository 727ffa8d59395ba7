import { ManifestIndex } from './manifest-index';
import { ContainerView, PodView } from './pod-view';
import { mapping, Mapping, mappings, text } from '../data';

/** The environment variables of a container whose values are visible in manifests of the app: in its own, in ConfigMaps and in Secrets. */
export function environmentOf(pod: PodView, { spec }: ContainerView, manifests: ManifestIndex): ReadonlyMap<string, string> {
  const dataOf = (configMap: unknown, secret: unknown): Mapping => ({ ...configMapData(pod, configMap, manifests), ...secretData(pod, secret, manifests) });
  const variables = new Map<string, string>();
  for (const { prefix, configMapRef, secretRef } of mappings(spec['envFrom'])) {
    for (const [key, value] of Object.entries(dataOf(configMapRef, secretRef))) { variables.set(`${text(prefix)}${key}`, text(value)); }
  }
  for (const { name, value, valueFrom } of mappings(spec['env'])) {
    const { configMapKeyRef, secretKeyRef } = mapping(valueFrom);
    const key = text(mapping(configMapKeyRef ?? secretKeyRef)['key']);
    const known = dataOf(configMapKeyRef, secretKeyRef);
    if (valueFrom === undefined) {
      variables.set(text(name), text(value).replace(/\$\(([\w.-]+)\)/g, (whole, other: string) => variables.get(other) ?? whole));
    } else if (key in known) {
      variables.set(text(name), text(known[key]));
    } else {
      variables.delete(text(name));
    }
  }
  return variables;
}

function configMapData(pod: PodView, reference: unknown, manifests: ManifestIndex): Mapping {
  return reference === undefined ? {} : mapping(manifests.find('', 'ConfigMap', pod.at.namespace, text(mapping(reference)['name']), pod.at)?.manifest['data']);
}

/** `stringData` overrides `data`, as the API server merges them. */
function secretData(pod: PodView, reference: unknown, manifests: ManifestIndex): Mapping {
  const secret = reference === undefined ? undefined : manifests.find('', 'Secret', pod.at.namespace, text(mapping(reference)['name']), pod.at)?.manifest;
  const encoded = Object.entries(mapping(secret?.['data'])).map(([key, value]) => [key, Buffer.from(text(value), 'base64').toString('utf8')] as const);
  return { ...Object.fromEntries(encoded), ...mapping(secret?.['stringData']) };
}
