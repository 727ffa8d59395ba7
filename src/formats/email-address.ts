import { isIpAddress } from './ip-address';

/** RFC 5322 atext, and beyond ASCII everything, as Go's net/mail has it. */
const ATOM = /^[^\x00-\x20\x7f()<>[\]:;@\\,"]+$/; // eslint-disable-line no-control-regex

/**
 * Why cert-manager does not accept it as a bare email address, or undefined if it does. Source: cert-manager webhook
 * (validation/certificate.go): what Go's mail.ParseAddress reads must be the address itself.
 */
export function bareAddressError(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  if (at < 0) { return 'has no @'; }
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (/[<>"()\s]/.test(address)) { return 'contains more than the address (a display name, quotes, brackets, a comment or a space)'; }
  if (!isDotAtom(local)) { return `has the invalid local part '${local}'`; }
  const literal = domain.match(/^\[(.*)\]$/)?.[1];
  return (literal === undefined ? isDotAtom(domain) : isIpAddress(literal)) ? undefined : `has the invalid domain '${domain}'`;
}

function isDotAtom(text: string): boolean {
  return text.split('.').every((atom) => ATOM.test(atom));
}
