import { asksForPassword, covers, isLoopback, meets, type ParsedHbaRow, takesChannel } from '../../postgresql';

/** Rows that let a client whose certificate was rejected log in without TLS, with a password. */
export function plaintextBeside(rows: ReadonlyArray<ParsedHbaRow>, certificate: ParsedHbaRow): ParsedHbaRow[] {
  const plain = rows.filter((row) => takesChannel(row, 'plaintext'));
  const inPlaintext = plain.map((row) => ({ ...row, type: 'hostnossl' }));
  return plain.filter((row, index) => asksForPassword(row) && !isLoopback(row.address) && meets(row, certificate)
    && !inPlaintext.slice(0, index).some((earlier) => covers(earlier, inPlaintext[index]!)));
}
