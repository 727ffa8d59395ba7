import { dnsSubdomainError } from '../formats';

/** The text, where it says something. A factory knows no construct path: it names itself, and the stack shows who called it. */
export function requireText(owner: string, field: string, value: string): string {
  if (value.trim() === '') { throw new Error(`${owner}: ${field} is empty, got '${value}'; give a ${field}, cert-manager refuses the issuer without it`); }
  return value;
}

/** The text, where it is a URL with a scheme and a host. */
export function url(owner: string, field: string, value: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/\s]\S*$/i.test(value)) {
    throw new Error(`${owner}: ${field} is not a URL, got '${value}'; give one with scheme and host, for example https://${field}.example.com`);
  }
  return value;
}

/** The name, where an object can have it. */
export function objectName(owner: string, field: string, value: string): string {
  const fault = dnsSubdomainError(requireText(owner, field, value));
  if (fault !== undefined) { throw new Error(`${owner}: ${field} '${value}' ${fault}; give the name of an object in the cluster`); }
  return value;
}
