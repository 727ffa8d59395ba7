import type { Layout } from '../../plan/layout';

/** Directory of the password file, for the container that writes it. */
export const IDENTITY_DIRECTORY = '/identity';

/** There while the server gives no answer at all; where the server's container sees it too. */
export function hangFile({ socket }: Layout): string {
  return `${socket}/server.hangs`;
}
