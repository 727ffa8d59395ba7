import type { k8s } from 'cdk8s-plus-27';
import type { BoundClient } from './bound-client';
import { CLIENT_FILES } from './client-file-names';

/** libpq accepts a key that its group may read only if root owns it, as the kubelet writes it. Source: PostgreSQL, fe-secure-openssl.c `initialize_SSL`. */
const MODE = 0o440;

/** A file of a volume and the names that it has there. */
interface Projected {
  readonly key: string;
  readonly paths: ReadonlyArray<string>;
}

/** More names for the files of a client. */
export interface MoreNames {
  readonly certificate?: string;
  readonly key?: string;
}

/** The sources of a projected volume that hold the files of a client, below a directory of the volume. */
export function clientFileSources({ certificate, trust, password }: BoundClient, folder = '', more: MoreNames = {}): k8s.VolumeProjection[] {
  const items = (files: ReadonlyArray<Projected>) => files.flatMap(({ key, paths }) => paths.map((path) => ({ key, path: `${folder}${path}` })));
  return [
    ...(certificate === undefined ? [] : [{
      secret: {
        name: certificate.secretName,
        items: items([
          { key: 'tls.crt', paths: named(CLIENT_FILES.certificate, more.certificate) },
          { key: 'tls.key', paths: named(CLIENT_FILES.key, more.key) },
          ...(certificate.hasDerKey ? [{ key: CLIENT_FILES.derKey, paths: [CLIENT_FILES.derKey] }] : []),
        ]),
      },
    }]),
    ...(trust === undefined ? [] : [{ [trust.kind]: { name: trust.name, items: items([{ key: trust.key, paths: [CLIENT_FILES.serverCa] }]) } }]),
    ...(password === undefined ? [] : [{ secret: { name: password.secretName, items: items([{ key: password.key, paths: [CLIENT_FILES.password] }]) } }]),
  ];
}

/** A projected volume with the mode that libpq accepts. */
export function projectedVolume(name: string, sources: k8s.VolumeProjection[]): k8s.Volume {
  return { name, projected: { defaultMode: MODE, sources } };
}

function named(name: string, other: string | undefined): string[] {
  return other === undefined ? [name] : [name, other];
}
