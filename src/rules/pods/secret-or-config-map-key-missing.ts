import { producesKey } from '../../pki';
import { certificateOf, type ClientView, describeReference, keyMissingError, keysHeld, neededReferences, type PodContext, type PodFile, type ServerView } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesFile, kubernetesPage } from '../engine/sources';

export const secretOrConfigMapKeyMissing: Rule<PodContext> = {
  id: 'secret-or-config-map-key-missing',
  code: 'PGTLS-W11',
  title: 'key missing in a Secret or ConfigMap that a pod uses',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubernetesFile('pkg/volume/secret/secret.go', 'references non-existent secret key'),
    kubernetesFile('pkg/kubelet/kubelet_pods.go', 'a variable with a missing key: CreateContainerConfigError'),
    kubernetesPage('concepts/storage/volumes/', 'Volumes', 'subPath: kubelet creates a directory for a missing file'),
  ],
  check: (context, report) => {
    const { pod, manifests } = context;
    for (const reference of neededReferences(pod)) {
      const { kind, name, key, keyField } = reference;
      const keys = key === undefined ? undefined : keysHeld(pod, manifests, reference);
      if (keys !== undefined && !keys.has(key!)) {
        report(keyField, `${describeReference(reference)} uses key '${key}' of ${kind} '${name}', which contains only ${listed([...keys])}`);
      }
    }
    for (const { reader, fieldOf, path, file, isClientKey } of filesRead(context)) {
      const error = isClientKey ? `; error: ${keyMissingError(path)}` : '';
      if (isMissing(context, file)) { report(fieldOf(), `${reader} reads '${path}', but ${file.source.kind} '${file.source.name}' has no key '${file.key}'${error}`); }
    }
  },
  fix: 'use an existing key, add the key, or set optional if the pod can run without it',
};

function isMissing({ pod, manifests }: PodContext, { source, key }: PodFile): boolean {
  const certificate = certificateOf(pod, manifests, source);
  // PGTLS-E11 reports an issuer that does not provide ca.crt.
  return certificate === undefined ? keysHeld(pod, manifests, source)?.has(key) === false : key !== 'ca.crt' && producesKey(certificate, key) === false;
}

/** A file that a setting of a server or client names. */
interface FileRead {
  readonly reader: string;
  /** The place of the setting in the manifest. */
  readonly fieldOf: () => string;
  readonly path: string;
  readonly file: PodFile;
  readonly isClientKey: boolean;
}

/** Files of whole volumes that settings of servers and clients name; keys in `items` are checked with their volume. */
function filesRead({ servers, clients }: PodContext): FileRead[] {
  const found = [
    ...servers.flatMap((server) => readBy('the server', server, (index) => server.fieldOf((['ssl_cert_file', 'ssl_key_file', 'ssl_ca_file'] as const)[index]!))),
    ...clients.flatMap((client) => readBy('the client', client, (index) => client.fieldOf((['sslcert', 'sslkey', 'sslrootcert'] as const)[index]!))),
  ];
  return found.filter(({ reader, path }, index) => found.findIndex((other) => other.reader === reader && other.path === path) === index);
}

/** @param fieldOf the place of the setting for the certificate (0), the key (1) or the CA (2) */
function readBy(reader: string, { container, certificateFile, keyFile, caFile }: ServerView | ClientView, fieldOf: (index: number) => string): FileRead[] {
  return [certificateFile, keyFile, caFile].flatMap((file, index) =>
    (file === undefined || file.source.optional || file.source.items !== undefined || file.mount.subPath !== '' ? []
      : [{ reader: `${reader} in container '${container.name}'`, fieldOf: () => fieldOf(index), path: `${file.mount.folder}${file.key}`, file, isClientKey: index === 1 && reader === 'the client' }]));
}

/** At most four keys, in quotes. */
function listed(keys: ReadonlyArray<string>): string {
  return `${keys.slice(0, 4).map((key) => `'${key}'`).join(', ')}${keys.length > 4 ? ' and others' : ''}`;
}
