import type { CertificateMount, PodContext } from '../../workloads';

/** The mounts of Certificates that the servers of a pod use: named by their settings, or presumed where the settings are not visible. */
export function serverMounts({ servers }: PodContext): CertificateMount[] {
  return servers.flatMap((server) => {
    const { certificateFile, keyFile, caFile } = server;
    const sources = [certificateFile, keyFile, caFile].map((file) => file?.source);
    return [...server.mounts.filter(({ source }) => sources.includes(source)), ...server.presumedMounts];
  });
}

/** The first mount of each Certificate. */
export function firstOfEach<Mount extends Pick<CertificateMount, 'certificate'>>(mounts: ReadonlyArray<Mount>): Mount[] {
  return mounts.filter(({ certificate }, index) => mounts.findIndex((other) => other.certificate === certificate) === index);
}
