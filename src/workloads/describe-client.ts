import type { ClientView } from './client-view';

/** A client as messages name it. */
export function describeClient({ container, where }: ClientView): string {
  return `the client in container '${container.name}' (${where})`;
}
