import { randomInt } from 'node:crypto';
import type { LocalProcess } from './local-process';

const TRIES = 10;

/** Below the ports that Linux gives to outgoing connections (`net.ipv4.ip_local_port_range`), so that no client of anything holds it. */
export function anyPort(): number {
  return randomInt(10_000, 32_768);
}

/**
 * Starts a PostgreSQL server and waits until it accepts connections. PostgreSQL has to be given its port, so whether that is free is known when
 * the server has started: where a process of this machine has it, on one address or on all, the next start has another one.
 */
export async function startOnFreePort(start: () => LocalProcess, changePort: () => void, milliseconds: number): Promise<LocalProcess> {
  for (let rest = TRIES; ; rest -= 1) {
    const server = start();
    const failure = await server.waitFor(/ready to accept connections/, milliseconds).then(() => undefined, (error: Error) => error);
    const isTaken = /could not bind IPv[46] address .*: Address already in use/.test(server.logs);
    if (!isTaken && failure === undefined) { return server; }
    if (!isTaken || rest === 0) { throw failure ?? new Error(`no free port in ${TRIES} tries:\n${server.logs}`); }
    await server.destroy();
    changePort();
  }
}
