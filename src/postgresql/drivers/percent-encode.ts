import { isIP } from 'node:net';

/** A text in a URL: every character but the unreserved ones of RFC 3986 is percent-encoded, a space as `%20`, since a `+` is a space for some parsers only. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `name=value` pairs after a `?`, or nothing. */
export function queryOf(pairs: ReadonlyArray<readonly [string, string]>): string {
  return pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&')}`;
}

/** `user` or `user:password`, with the `@` behind it. */
export function userInfo(user: string, password: string | undefined): string {
  return `${percentEncode(user)}${password === undefined ? '' : `:${percentEncode(password)}`}@`;
}

/** `host:port` of a URL; an IPv6 address is in brackets. */
export function hostAndPort(host: string, port: number): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
