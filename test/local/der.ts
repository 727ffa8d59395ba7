/** DER elements (ITU-T X.690), as far as names and name constraints need them. */

export function tlv(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
}

export function sequence(...elements: Uint8Array[]): Buffer {
  return tlv(0x30, ...elements);
}

/** DER orders the elements of a SET OF by their encoding. */
export function setOf(...elements: Uint8Array[]): Buffer {
  return tlv(0x31, ...[...elements].sort((a, b) => Buffer.compare(a, b)));
}

export function objectIdentifier(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  return tlv(0x06, Buffer.from([first! * 40 + second!, ...rest.flatMap(base128)]));
}

/**
 * PrintableString where the alphabet allows, else UTF8String: Go's `asn1.Marshal` of a plain string, which takes neither `*` nor `&` as
 * printable.
 */
export function directoryString(text: string): Buffer {
  const printable = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text);
  return tlv(printable ? 0x13 : 0x0c, Buffer.from(text, 'utf8'));
}

/** The elements that stand one after the other, tags and all. */
export function elements(der: Buffer): Buffer[] {
  if (der.length === 0) { return []; }
  const end = header(der) + size(der);
  return [der.subarray(0, end), ...elements(der.subarray(end))];
}

/** What an element holds. */
export function content(element: Buffer): Buffer {
  return element.subarray(header(element), header(element) + size(element));
}

function header(element: Buffer): number {
  return element[1]! < 0x80 ? 2 : 2 + (element[1]! & 0x7f);
}

function size(element: Buffer): number {
  return element[1]! < 0x80 ? element[1]! : element.readUIntBE(2, element[1]! & 0x7f);
}

function length(size: number): Buffer {
  if (size < 0x80) { return Buffer.from([size]); }
  const digits = Buffer.from(size.toString(16).padStart(size.toString(16).length + (size.toString(16).length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits]);
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) { digits.unshift((rest & 0x7f) | 0x80); }
  return digits;
}
