import type { IssuerSecret } from '../../pki';

/** The field with a part of a reference to a Secret; some references are a field that is the name, such as `spec.ca.secretName`. */
export function secretRefField({ field, key }: IssuerSecret, part: 'name' | 'key'): string {
  return key === undefined ? `spec.${field}` : `spec.${field}.${part}`;
}

/** What is wrong with a reference to a Secret that lacks some of these parts, and in which field; undefined if it has all of them. */
export function missingParts(secret: IssuerSecret, parts: IssuerSecret['refused']): { readonly field: string; readonly problem: string } | undefined {
  const missing = parts.filter((part) => secret[part] === '');
  const [first, ...others] = missing;
  if (first === undefined) { return undefined; }
  return { field: others.length > 0 ? `spec.${secret.field}` : secretRefField(secret, first), problem: `${secret.field} has no ${missing.join(' and no ')}` };
}
