import { dnsSubdomainError } from './dns';

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Why a text is no key of a label, or undefined if it is one. Source: Kubernetes, Labels and Selectors. */
export function labelKeyError(key: string): string | undefined {
  const parts = key.split('/');
  if (parts.length > 2) { return 'has more than one slash'; }
  const [name, prefix] = parts.reverse() as [string, string?];
  const fault = prefix === undefined ? undefined : dnsSubdomainError(prefix);
  if (fault !== undefined) { return `has a prefix that ${fault}`; }
  return notName(name);
}

/** Why a text is no key of an annotation: as for labels, but case does not matter. */
export function annotationKeyError(key: string): string | undefined {
  return labelKeyError(key.toLowerCase());
}

/** Why a text is no value of a label; it may be empty. */
export function labelValueError(value: string): string | undefined {
  return value === '' ? undefined : notName(value);
}

function notName(text: string): string | undefined {
  if (text.length > 63) { return `is ${text.length} characters long, at most 63 fit`; }
  return NAME.test(text) ? undefined : 'is not of letters, digits and inner hyphens, underscores and dots';
}
