import type { ClientView } from './client-view';
import { PodContext, podsOf } from './pod-context';
import type { ServerView } from './server-view';
import { memoizeByObject } from '../data';
import { displayName } from '../kubernetes';
import type { CertificateNode, IssuanceGraph } from '../pki';

/** A certificate that signs itself alone where somebody takes it for an authority, or shows it to somebody who trusts one. */
interface SelfSignedMisuse {
  /** It, and one that is verified with it. */
  readonly certificates: ReadonlyArray<CertificateNode>;
  readonly fault: string;
}

/** Every such certificate of a pod. */
export function selfSignedTrust({ servers, connections: reached }: PodContext): SelfSignedMisuse[] {
  return [
    ...servers.flatMap((server) => {
      const trusted = trustedBy(server);
      return trusted !== undefined && isSelfSigned(trusted)
        ? [{ certificates: [trusted], fault: `the server takes ${displayName(trusted.at)} for the authority of its clients, yet it signs itself alone` }]
        : [];
    }),
    ...reached.flatMap(({ client, server }) => [...verifiedInVain(client, server), ...shownInVain(client, server)]),
  ];
}

/** Whether a pod of the app makes such a use of a certificate, or verifies it so. */
export function isMisusedAsCa(certificate: CertificateNode): boolean {
  return trustedInVain(certificate.manifests).has(certificate);
}

const trustedInVain = memoizeByObject((manifests: IssuanceGraph): ReadonlySet<CertificateNode> =>
  new Set(podsOf(manifests).flatMap(selfSignedTrust).flatMap(({ certificates }) => certificates)));

export function describeClient({ container, where }: ClientView): string {
  return `the client in container '${container.name}' (${where})`;
}

function verifiedInVain(client: ClientView, { certificate: shown }: ServerView): SelfSignedMisuse[] {
  const trusted = trustedBy(client);
  return client.verifies && trusted !== undefined && isSelfSigned(trusted) && shown !== undefined && shown !== trusted
    ? [{ certificates: [trusted, shown], fault: `${describeClient(client)} verifies ${displayName(shown.at)} with ${displayName(trusted.at)}, which signs itself alone` }]
    : [];
}

function shownInVain(client: ClientView, server: ServerView): SelfSignedMisuse[] {
  const [shown, trusted] = [client.certificate, trustedBy(server)];
  return shown !== undefined && isSelfSigned(shown) && trusted !== undefined && trusted !== shown && !isSelfSigned(trusted)
    ? [{ certificates: [shown], fault: `${describeClient(client)} shows ${displayName(shown.at)}, which signs itself, to a server that trusts another authority` }]
    : [];
}

function trustedBy(party: ServerView | ClientView): CertificateNode | undefined {
  return party.caFile && party.certificateOf(party.caFile);
}

function isSelfSigned({ isCa, signsItself }: CertificateNode): boolean {
  return !isCa && signsItself;
}
