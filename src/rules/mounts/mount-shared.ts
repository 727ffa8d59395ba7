import { mapping, mappings, text } from '../../data';
import { ContainerView } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { CertificateMount, PodContext } from '../../workloads';

/** The Certificates that the servers of a pod use: named by their settings, or presumed where the settings are not visible. */
export function serverMounts({ servers }: PodContext): CertificateMount[] {
  return servers.flatMap((server) => {
    const { certificateFile, keyFile, caFile } = server;
    const sources = [certificateFile, keyFile, caFile].map((file) => file?.source);
    return [...server.mounts.filter(({ source }) => sources.includes(source)), ...server.presumedMounts];
  });
}

export function certificatesOf(mounts: ReadonlyArray<CertificateMount>): CertificateNode[] {
  return [...new Set(mounts.map(({ certificate }) => certificate))];
}

/** CA certificates that a server or a client of the pod presents to its peers. */
export function caFilesInUse(context: PodContext): Array<{ readonly certificate: CertificateNode; readonly use: string }> {
  const uses = [
    ...context.servers.flatMap((server) => [server.certificate, ...server.presumedMounts.map((mount) => mount.certificate)].map((certificate) => ({ certificate, use: 'the server' }))),
    ...context.clients.map(({ certificate, container }) => ({ certificate, use: `the client in container '${container.name}'` })),
  ];
  return uses.filter((use): use is { certificate: CertificateNode; use: string } => use.certificate?.isCa === true)
    .filter(({ certificate }, index, all) => all.findIndex((other) => other.certificate === certificate) === index);
}

export interface EnvironmentKey {
  readonly container: ContainerView;
  /** Empty where every key becomes a variable. */
  readonly name: string;
  readonly key: string | undefined;
  readonly isOptional: boolean;
  readonly certificate: CertificateNode;
}

/** Variables that hold keys of a Certificate's Secret. */
export function environmentKeys({ pod, manifests }: PodContext): EnvironmentKey[] {
  const of = (container: ContainerView, variable: string, secret: unknown, key: string | undefined): EnvironmentKey[] => {
    const { name, optional } = mapping(secret);
    const certificate = text(name) === '' ? undefined : manifests.writersOf(pod.at.namespace, text(name))[0];
    return certificate === undefined ? [] : [{ container, name: variable, key, isOptional: optional === true, certificate }];
  };
  return pod.containers.flatMap((container) => [
    ...mappings(container.spec['env']).flatMap(({ name, valueFrom }) => {
      const { secretKeyRef } = mapping(valueFrom);
      return of(container, text(name), secretKeyRef, text(mapping(secretKeyRef)['key']));
    }),
    ...mappings(container.spec['envFrom']).flatMap(({ secretRef }) => of(container, '', secretRef, undefined)),
  ]);
}

export function octal(mode: number): string {
  return `0${mode.toString(8)}`;
}
