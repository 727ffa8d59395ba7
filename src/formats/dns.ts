const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Why a text is not an RFC 1123 label of at most `max` characters, or undefined if it is one. */
export function dnsLabelError(text: string, max = 63): string | undefined {
  if (text.length > max) { return `is ${text.length} characters long, at most ${max} are allowed`; }
  return LABEL.test(text) ? undefined : 'is not a DNS label (lower-case letters, digits and inner hyphens)';
}

/** Why a text is not an RFC 1035 label, which Service names must be: a DNS label that starts with a letter. */
export function serviceNameError(text: string, max = 63): string | undefined {
  return dnsLabelError(text, max) ?? (/^[a-z]/.test(text) ? undefined : 'does not start with a letter, as Service names must (RFC 1035)');
}

/** The valid Service and object name that is closest to a text: `orders-db` for `OrdersDb`. */
export function serviceNameLike(text: string, max = 63): string {
  const words = text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1-$2').toLowerCase();
  const label = words.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  const name = /^[a-z]/.test(label) ? label : `db${label === '' ? '' : `-${label}`}`;
  return name.slice(0, max).replace(/-+$/, '');
}

/** Why a text is not an RFC 1123 subdomain, which most object names must be. */
export function dnsSubdomainError(text: string): string | undefined {
  if (text.length > 253) { return `is ${text.length} characters long, at most 253 are allowed`; }
  return text.split('.').every((label) => LABEL.test(label))
    ? undefined
    : 'is not a DNS subdomain (lower-case letters, digits, inner hyphens, labels joined by dots)';
}

/** Why no TLS client can match a `dNSName` entry, or undefined if one can. */
export function unmatchableDnsName(text: string): string | undefined {
  if (text === '') { return 'is empty'; }
  // cert-manager's CSR generation refuses non-ASCII and never retries (cert-manager issue 9139).
  if (!isAscii(text)) { return 'is not ASCII (encode it in punycode)'; }
  if (text.length > 253) { return `is ${text.length} characters long, at most 253 are allowed`; }
  if (/^[\d.]+$/.test(text) || text.includes(':')) { return 'is an IP address or has a port (IP addresses belong in ipAddresses)'; }
  const labels = text.replace(/\.$/, '').split('.');
  const [first, ...rest] = labels;
  if (text === '*') { return 'is a wildcard without a domain'; }
  if (rest.some((label) => label.includes('*')) || (first!.includes('*') && first !== '*')) {
    return 'has a wildcard that is not the whole left-most label';
  }
  const odd = labels.filter((label) => label !== '*').find((label) => !/^[A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?$/.test(label));
  return odd === undefined ? undefined : `has the label '${odd}', which is not a host name label of at most 63 characters`;
}

/** Why some TLS clients do not match a `dNSName` entry, or undefined if all of them do. */
export function unusualDnsName(text: string): string | undefined {
  if (text.endsWith('.')) { return 'has a trailing dot: Go never matches it, libpq only matches a host name with a trailing dot'; }
  if (text.includes('_')) { return 'has an underscore, which host names must not have'; }
  return /[A-Z]/.test(text) ? 'has upper-case letters' : undefined;
}

/** Whether a text contains a variable that another tool substitutes later: Flux, Kustomize and envsubst (`${name}`, `$(name)`, `$NAME`), Helm (`{{ … }}`). */
export function holdsVariable(text: string): boolean {
  return /\$[{(A-Za-z_]|\{\{/.test(text);
}

/** Whether every character is ASCII, which cert-manager demands of SANs. */
export function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return !/[^\x00-\x7f]/.test(text);
}
