/**
 * Why cert-manager does not accept a text as a DNS server, or undefined if it does: a host with or without a port; an IPv6 address
 * with a port in brackets. Source: internal/apis/certmanager/validation/util/nameserver.go, which splits as Go's `net.SplitHostPort`.
 */
export function nameserverError(nameserver: string): string | undefined {
  const text = nameserver.trim();
  if (text === '') { return 'is empty'; }
  const colon = text.lastIndexOf(':');
  if (colon === -1) { return whenEmpty(text.replace(/^[[\]]+|[[\]]+$/g, '')); }
  if (text.startsWith('[')) {
    const end = text.indexOf(']');
    if (end === -1) { return 'has an unmatched bracket'; }
    if (end + 1 < text.length && end + 1 !== colon) { return 'has something other than a port after the bracket'; }
    return /[[\]]/.test(text.slice(1, end)) || /[[\]]/.test(text.slice(end + 1)) ? 'has an extra bracket' : whenEmpty(text.slice(1, end));
  }
  const host = text.slice(0, colon);
  if (host.includes(':')) { return 'is an IPv6 address without brackets'; }
  return /[[\]]/.test(text) ? 'has a misplaced bracket' : whenEmpty(host);
}

function whenEmpty(host: string): string | undefined {
  return host === '' ? 'has no host' : undefined;
}
