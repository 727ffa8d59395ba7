import { dnsSubdomainError } from '../formats';

/** The text; throws if it is blank. A factory does not know a construct path: the message names the factory, and the stack trace shows the caller. */
export function requireText(owner: string, field: string, value: string): string {
  if (value.trim() === '') { throw new Error(`${owner}: ${field} is empty, got '${value}'; give a ${field}, cert-manager rejects the issuer without it`); }
  return value;
}

/** The text; throws unless it is a URL with scheme and host. */
export function url(owner: string, field: string, value: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/\s]\S*$/i.test(value)) {
    throw new Error(`${owner}: ${field} is not a URL, got '${value}'; give a URL with scheme and host, for example https://${field}.example.com`);
  }
  return value;
}

/** The name; throws unless it is a valid object name. */
export function objectName(owner: string, field: string, value: string): string {
  const fault = dnsSubdomainError(requireText(owner, field, value));
  if (fault !== undefined) { throw new Error(`${owner}: ${field} '${value}' ${fault}; give the name of an object in the cluster`); }
  return value;
}
