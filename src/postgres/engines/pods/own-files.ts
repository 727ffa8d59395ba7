import type { Layout } from '../../plan/layout';

/** There while the server has all that is mounted. */
export const READY_FILE = '/tmp/reloader.ready';

/** Why the ready file is not there. */
export const PROBLEM_FILE = '/tmp/reloader.problem';

/** Directory of the password file, for the container that writes it. */
export const IDENTITY_DIRECTORY = '/identity';

/** There while the server gives no answer at all; where the server's container sees it too. */
export function hangFile({ socket }: Layout): string {
  return `${socket}/server.hangs`;
}
