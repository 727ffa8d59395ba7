import * as fc from 'fast-check';
import type { ApiObject } from './api-server';
import type { Change } from './change';
import { CERTIFICATE_CHANGES, VALID_CERTIFICATE } from './random-certificates';
import { ISSUER_CHANGES, VALID_ISSUER } from './random-issuers';

/** An object of cert-manager's API, and how it came to be. */
export interface RandomObject {
  readonly manifest: ApiObject;
  /** The rules that changes are about; none for an object that is valid by construction. */
  readonly areas: readonly string[];
  readonly story: string;
}

const changed = (valid: fc.Arbitrary<ApiObject>, kinds: (manifest: ApiObject) => readonly fc.Arbitrary<Change>[]): fc.Arbitrary<RandomObject> =>
  // Up to three changes; about three objects in ten have none, and are valid.
  valid.chain((manifest) =>
    fc.array(fc.oneof(...kinds(manifest)), { maxLength: 3, size: 'max' }).map((changes) => {
      const copy = structuredClone(manifest);
      for (const change of changes) { change.apply(copy); }
      return { manifest: copy, areas: changes.map(({ area }) => area), story: changes.map(String).join('; ') };
    }));

const CERTIFICATE = changed(VALID_CERTIFICATE, () => CERTIFICATE_CHANGES);
const ISSUER = changed(VALID_ISSUER, (manifest) => {
  const [type] = Object.keys(manifest.spec);
  // The type's own changes are the more interesting ones.
  return [...ISSUER_CHANGES['any']!, ...ISSUER_CHANGES[type!]!, ...ISSUER_CHANGES[type!]!];
});

export const RANDOM_OBJECT: fc.Arbitrary<RandomObject> = fc.oneof({ weight: 6, arbitrary: CERTIFICATE }, { weight: 4, arbitrary: ISSUER });
