import { setTimeout as delay } from 'node:timers/promises';

/** Tries until it succeeds, and gives what it gives; after the deadline, the last failure. */
export async function eventually<T>(attempt: () => T | Promise<T>, milliseconds = 20_000): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) { throw error; }
      await delay(20);
    }
  }
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, milliseconds?: number): Promise<void> {
  await eventually(async () => { if (!await holds()) { throw new Error(`${what}: not within the time given`); } }, milliseconds);
}
