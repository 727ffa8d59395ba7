import type { ClientView } from './client-view';
import { describeClient } from './describe-client';
import { PodContext, podsOf } from './pod-context';
import type { ServerView } from './server-view';
import { memoizeByObject } from '../data';
import { displayName } from '../kubernetes';
import type { CertificateNode, IssuanceGraph } from '../pki';

/** A self-signed certificate that a peer trusts as a CA, or that is presented to a peer that trusts another CA. */
interface SelfSignedMisuse {
  /** It, and one that is verified with it. */
  readonly certificates: ReadonlyArray<CertificateNode>;
  /** The place in the workload of the setting that names it. */
  readonly field: string;
  readonly fault: string;
}

/** Servers that trust a self-signed certificate as the CA of their clients. */
export function trustedInVain({ servers }: PodContext): SelfSignedMisuse[] {
  return servers.flatMap((server) => {
    const trusted = trustedBy(server);
    return trusted !== undefined && isSelfSigned(trusted)
      ? [{ certificates: [trusted], field: server.fieldOf('ssl_ca_file'), fault: `the server trusts ${displayName(trusted.at)} as the CA of its clients, but that certificate is self-signed and verifies only itself` }]
      : [];
  });
}

/** Whether a certificate takes part in such a misuse in any pod of the app. */
export function isMisusedAsCa(certificate: CertificateNode): boolean {
  return misusedAsCa(certificate.manifests).has(certificate);
}

const misusedAsCa = memoizeByObject((manifests: IssuanceGraph): ReadonlySet<CertificateNode> =>
  new Set(podsOf(manifests).flatMap(misusesIn).flatMap(({ certificates }) => certificates)));

function misusesIn(context: PodContext): SelfSignedMisuse[] {
  return [...trustedInVain(context), ...context.connections.flatMap(({ client, server }) => [...verifiedInVain(client, server), ...shownInVain(client, server)])];
}

/** A client that verifies a server with another certificate, which is self-signed. */
export function verifiedInVain(client: ClientView, { certificate: shown }: Pick<ServerView, 'certificate'>): SelfSignedMisuse[] {
  const trusted = trustedBy(client);
  return client.verifies && trusted !== undefined && isSelfSigned(trusted) && shown !== undefined && shown !== trusted
    ? [{ certificates: [trusted, shown], field: client.fieldOf('sslrootcert'), fault: `${describeClient(client)} verifies ${displayName(shown.at)} with ${displayName(trusted.at)}, which is self-signed and verifies only itself` }]
    : [];
}

/** A client that presents a self-signed certificate to a server that trusts another CA. */
export function shownInVain(client: ClientView, server: ServerView): SelfSignedMisuse[] {
  const [shown, trusted] = [client.certificate, trustedBy(server)];
  return shown !== undefined && isSelfSigned(shown) && trusted !== undefined && trusted !== shown && !isSelfSigned(trusted)
    ? [{ certificates: [shown], field: client.fieldOf('sslcert'), fault: `${describeClient(client)} presents ${displayName(shown.at)}, which is self-signed, to a server that trusts another CA` }]
    : [];
}

function trustedBy(party: ServerView | ClientView): CertificateNode | undefined {
  return party.caFile && party.certificateOf(party.caFile);
}

function isSelfSigned({ isCa, signsItself }: CertificateNode): boolean {
  return !isCa && signsItself;
}
