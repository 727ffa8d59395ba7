import type { CertificateView, Inventory } from '../pki';
import { called } from '../kubernetes';
import type { ClientView } from './client-view';
import { podsOf, PodSubject } from './pod-context';
import type { ServerView } from './server-view';
import { oncePer } from '../data';

/** A certificate that signs itself alone where somebody takes it for an authority, or shows it to somebody who trusts one. */
interface VainTrust {
  /** It, and one that is verified with it. */
  readonly certificates: ReadonlyArray<CertificateView>;
  readonly fault: string;
}

/** Every such certificate of a pod. */
export function selfSignedTrust({ servers, reached }: PodSubject): VainTrust[] {
  return [
    ...servers.flatMap((server) => {
      const trusted = trustedBy(server);
      return trusted !== undefined && isSelfSigned(trusted)
        ? [{ certificates: [trusted], fault: `the server takes ${called(trusted.at)} for the authority of its clients, yet it signs itself alone` }]
        : [];
    }),
    ...reached.flatMap(({ client, server }) => [...verifiedInVain(client, server), ...shownInVain(client, server)]),
  ];
}

/** Whether a pod of the app makes such a use of a certificate, or verifies it so. */
export function isTrustedInVain(certificate: CertificateView): boolean {
  return trustedInVain(certificate.inventory).has(certificate);
}

const trustedInVain = oncePer((inventory: Inventory): ReadonlySet<CertificateView> =>
  new Set(podsOf(inventory).flatMap(selfSignedTrust).flatMap(({ certificates }) => certificates)));

export function told({ container, where }: ClientView): string {
  return `the client in container '${container.name}' (${where})`;
}

function verifiedInVain(client: ClientView, { certificate: shown }: ServerView): VainTrust[] {
  const trusted = trustedBy(client);
  return client.verifies && trusted !== undefined && isSelfSigned(trusted) && shown !== undefined && shown !== trusted
    ? [{ certificates: [trusted, shown], fault: `${told(client)} verifies ${called(shown.at)} with ${called(trusted.at)}, which signs itself alone` }]
    : [];
}

function shownInVain(client: ClientView, server: ServerView): VainTrust[] {
  const [shown, trusted] = [client.certificate, trustedBy(server)];
  return shown !== undefined && isSelfSigned(shown) && trusted !== undefined && trusted !== shown && !isSelfSigned(trusted)
    ? [{ certificates: [shown], fault: `${told(client)} shows ${called(shown.at)}, which signs itself, to a server that trusts another authority` }]
    : [];
}

function trustedBy(party: ServerView | ClientView): CertificateView | undefined {
  return party.authorityFile && party.certificateOf(party.authorityFile);
}

function isSelfSigned({ isCa, signsItself }: CertificateView): boolean {
  return !isCa && signsItself;
}
