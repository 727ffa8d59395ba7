import type { FileSource } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import type { ClientView, PodContext, ServerView } from '../../workloads';

/** A CA certificate that a server or a client of a pod presents to its peers. */
export interface PresentedCa {
  readonly certificate: CertificateNode;
  readonly source: FileSource;
  /** For example `the server`. */
  readonly by: string;
}

/** The CA certificates that servers and clients of a pod present to their peers. */
export function presentedCas({ servers, clients }: PodContext): PresentedCa[] {
  const presented = [
    ...servers.flatMap((server) => [...named(server), ...server.presumedMounts]).map(({ certificate, source }) => ({ certificate, source, by: 'the server' })),
    ...clients.flatMap((client) => named(client).map((mounted) => ({ ...mounted, by: `the client in container '${client.container.name}'` }))),
  ].filter(({ certificate }) => certificate.isCa);
  return presented.filter(({ certificate }, index) => presented.findIndex((other) => other.certificate === certificate) === index);
}

function named({ certificate, certificateFile }: ServerView | ClientView): Array<Pick<PresentedCa, 'certificate' | 'source'>> {
  return certificate === undefined || certificateFile === undefined ? [] : [{ certificate, source: certificateFile.source }];
}
