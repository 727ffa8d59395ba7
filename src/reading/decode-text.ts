import { isUtf8 } from 'node:buffer';

/** The text of a file in UTF-8, or in UTF-16 with a byte order mark, as PowerShell writes it; undefined for other bytes. */
export function decodeText(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) { return decodeUtf16('utf-16le', bytes); }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) { return decodeUtf16('utf-16be', bytes); }
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

function decodeUtf16(encoding: 'utf-16le' | 'utf-16be', bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether a text has characters that YAML does not allow: it is a binary file. */
export function isBinary(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /[\x00-\x08\x0e-\x1f\x7f]/.test(text);
}
