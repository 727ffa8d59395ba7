import { dnsSubdomainError } from './dns';

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Why a text is not a valid label key, or undefined if it is. Source: Kubernetes, Labels and Selectors. */
export function labelKeyError(key: string): string | undefined {
  const parts = key.split('/');
  if (parts.length > 2) { return 'has more than one slash'; }
  const [name, prefix] = parts.reverse() as [string, string?];
  const fault = prefix === undefined ? undefined : dnsSubdomainError(prefix);
  if (fault !== undefined) { return `has a prefix that ${fault}`; }
  return notName(name);
}

/** Why a text is not a valid annotation key: as for labels, but case-insensitive. */
export function annotationKeyError(key: string): string | undefined {
  return labelKeyError(key.toLowerCase());
}

/** Why a text is not a valid label value; it may be empty. */
export function labelValueError(value: string): string | undefined {
  return value === '' ? undefined : notName(value);
}

function notName(text: string): string | undefined {
  if (text.length > 63) { return `is ${text.length} characters long, at most 63 are allowed`; }
  return NAME.test(text) ? undefined : 'may contain only letters, digits and inner hyphens, underscores and dots';
}
