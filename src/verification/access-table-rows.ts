import { AccessOrigin, AccessOutcome, AccessTableRow } from './access-table-row';
import { describeDatabases } from './describe-databases';
import type { AccessSource, MergedAccess, ServerAccess } from '../workloads';

const OUTCOMES: Readonly<Record<MergedAccess['decision']['outcome'], AccessOutcome>> = {
  admitted: AccessOutcome.ADMITTED, rejected: AccessOutcome.REJECTED, unknown: AccessOutcome.UNKNOWN,
};

const REST = { databases: [], otherDatabases: true, exceptDatabases: [], databaseOfRole: false, replication: true, what: 'every database', how: '', channels: [], from: [] };

/** The rows of a server. */
export function accessTableRows({ name: server, unknown, admitted, rejections }: ServerAccess): AccessTableRow[] {
  if (unknown !== undefined) { return [{ server, isRemainder: true, ...REST, outcome: AccessOutcome.UNKNOWN, reason: unknown }]; }
  return [
    ...admitted.map((row) => rowOf(server, row)),
    { server, isRemainder: true, ...REST, outcome: AccessOutcome.REJECTED, reason: rejections.join('; ') },
  ];
}

function rowOf(server: string, { role, databases, channels, sources, decision: { outcome, how, until, reason, row } }: MergedAccess): AccessTableRow {
  const { names, others, except, replication, ownName } = databases;
  const which = { databases: [...names], otherDatabases: others, exceptDatabases: [...except], databaseOfRole: ownName, replication };
  return {
    server, isRemainder: false, role, ...which, what: describeDatabases(which, (name) => `'${name}'`), outcome: OUTCOMES[outcome],
    method: row?.method, how, channels: [...channels], from: originsOf(sources), until: until === '' ? undefined : until, reason: reason === '' ? undefined : reason,
  };
}

function originsOf(sources: ReadonlyArray<AccessSource>): AccessOrigin[] {
  return sources.map(({ place, addresses }) => {
    const others = place.addresses.without(addresses);
    if (others.isEmpty) { return { place: place.words }; }
    const [inside, outside] = [addresses.networks, others.networks];
    return inside.length <= outside.length ? { place: place.words, addresses: inside } : { place: place.words, exceptAddresses: outside };
  });
}
