/** Names of encodings in which the server keeps the bytes of UTF-8; PostgreSQL ignores case and punctuation. Source: src/common/encnames.c. */
const KEEPS_UTF8: ReadonlySet<string> = new Set(['UTF8', 'UNICODE', 'SQLASCII']);

/**
 * Why a declared text cannot be in databases of an encoding; undefined if it can. The name in a login is never converted: PostgreSQL compares its bytes,
 * UTF-8 of every driver, with those of the encoding. And one character that the encoding lacks makes the server refuse all declarations.
 */
export function encodingFault(encoding: string = 'UTF8', text: string): string | undefined {
  // eslint-disable-next-line no-control-regex
  return KEEPS_UTF8.has(encoding.replace(/[^A-Za-z0-9]/g, '').toUpperCase()) || /^[\u0000-\u007f]*$/.test(text) ? undefined
    : `has characters outside of ASCII, which init.encoding ${encoding} does not store as UTF-8`;
}
