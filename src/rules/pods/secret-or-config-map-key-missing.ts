import { producesKey } from '../../pki';
import { certificateOf, describeReference, keysHeld, neededReferences, PodContext, PodFile } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const secretOrConfigMapKeyMissing: Rule<PodContext> = {
  id: 'secret-or-config-map-key-missing',
  code: 'PGTLS-W11',
  title: 'key missing in a Secret or ConfigMap that a pod uses',
  consequence: Consequence.NEVER_READY,
  source: 'Kubernetes pkg/volume/secret/secret.go: references non-existent secret key; pkg/kubelet/kubelet_pods.go: CreateContainerConfigError; kubelet '
    + 'creates a directory for a missing subPath',
  check: (context) => [
    ...neededReferences(context.pod).flatMap((reference) => {
      const { kind, name, key } = reference;
      const keys = key === undefined ? undefined : keysHeld(context.pod, context.manifests, reference);
      return when(keys !== undefined && !keys.has(key!), () => `${describeReference(reference)} uses key '${key}' of ${kind} '${name}', which contains only ${listed([...keys!])}`);
    }),
    ...filesRead(context).flatMap(({ reader, path, file }) => {
      const certificate = certificateOf(context.pod, context.manifests, file.source);
      // PGTLS-E11 reports an issuer that does not provide ca.crt.
      const isMissing = certificate === undefined
        ? keysHeld(context.pod, context.manifests, file.source)?.has(file.key) === false
        : file.key !== 'ca.crt' && producesKey(certificate, file.key) === false;
      return when(isMissing, () => `${reader} reads '${path}', but ${file.source.kind} '${file.source.name}' has no key '${file.key}'`);
    }),
  ],
  fix: 'use an existing key, add the key, or set optional if the pod can run without it',
};

/** Files of whole volumes that settings of servers and clients name; keys in `items` are checked with their volume. */
function filesRead({ servers, clients }: PodContext): Array<{ readonly reader: string; readonly path: string; readonly file: PodFile }> {
  const found = [...servers.map((by) => ({ by, what: 'the server' })), ...clients.map((by) => ({ by, what: 'the client' }))].flatMap(({ by, what }) =>
    [by.certificateFile, by.keyFile, by.caFile].flatMap((file) =>
      (file === undefined || file.source.optional || file.source.items !== undefined || file.mount.subPath !== '' ? []
        : [{ reader: `${what} in container '${by.container.name}'`, path: `${file.mount.folder}${file.key}`, file }])));
  return found.filter(({ reader, path }, index) => found.findIndex((other) => other.reader === reader && other.path === path) === index);
}

/** At most four keys, in quotes. */
function listed(keys: ReadonlyArray<string>): string {
  return `${keys.slice(0, 4).map((key) => `'${key}'`).join(', ')}${keys.length > 4 ? ' and others' : ''}`;
}
