import { AddressSet } from './address-set';
import { type Answer, match } from './match';
import type { AnyHbaRow } from './row';

/** From where connections come: the same machine, or another one whose address is one of the given ones. */
export interface Origin {
  readonly isSameMachine: boolean;
  readonly addresses: AddressSet;
}

/** Addresses for which the same rows may decide. */
export interface DecidedAddresses<Row> {
  readonly addresses: AddressSet;
  /** Rows that may match, in their order. */
  readonly possible: ReadonlyArray<Row>;
  /** The row that matches for certain unless one of those does; undefined where none does, which refuses the connection. */
  readonly last: Row | undefined;
}

/**
 * The addresses of an origin, divided by the rows that decide. Whether a row matches the rest of a login is the caller's answer.
 *
 * Source: PostgreSQL src/backend/libpq/hba.c, check_hba: the first row that matches decides.
 */
export function decidedAddresses<Row extends AnyHbaRow>(
  rows: ReadonlyArray<Row>, { isSameMachine, addresses }: Origin, answerOf: (row: Row) => Answer,
): Array<DecidedAddresses<Row>> {
  const decided: Array<DecidedAddresses<Row>> = [];
  let open: Array<DecidedAddresses<Row>> = [{ addresses, possible: [], last: undefined }];
  for (const row of rows) {
    const answer = answerOf(row);
    if (answer === 'no') { continue; }
    const taken = takenAddresses(row, isSameMachine);
    const certain = answer === 'yes' ? taken.certain : AddressSet.NONE;
    const possible = taken.certain.with(taken.possible).without(certain);
    decided.push(...open.map((piece) => ({ ...piece, addresses: piece.addresses.and(certain), last: row })));
    open = open.flatMap((piece) => {
      const rest = piece.addresses.without(certain);
      return [{ ...piece, addresses: rest.and(possible), possible: [...piece.possible, row] }, { ...piece, addresses: rest.without(possible) }];
    }).filter((piece) => !piece.addresses.isEmpty);
  }
  return [...decided, ...open].filter((piece) => !piece.addresses.isEmpty);
}

/** The answer of everything in a row but its address. */
export function matchWithoutAddress(row: AnyHbaRow, login: Omit<Parameters<typeof match>[1], 'address'>): Answer {
  return match({ ...row, address: 'all' }, login);
}

/** Source: PostgreSQL src/backend/libpq/hba.c, check_same_host_or_net; a host name needs reverse DNS. */
function takenAddresses({ type, address }: AnyHbaRow, isSameMachine: boolean): { readonly certain: AddressSet; readonly possible: AddressSet } {
  const certain = (set: AddressSet) => ({ certain: set, possible: AddressSet.NONE });
  if (type === 'local' || address === undefined || address === 'all') { return certain(AddressSet.ALL); }
  if (address === 'samehost') { return certain(isSameMachine ? AddressSet.ALL : AddressSet.NONE); }
  if (address === 'samenet' && isSameMachine) { return certain(AddressSet.ALL); }
  const network = AddressSet.of(address);
  return network === undefined ? { certain: AddressSet.NONE, possible: AddressSet.ALL } : certain(network);
}
