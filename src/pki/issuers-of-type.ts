import type { Inventory } from './inventory';
import type { IssuerView } from './issuer-view';
import type { Manifest, Located } from '../kubernetes';
import { mapping, Mapping } from '../data';

/** An issuer of one type and its part of the spec. An issuer of no type or several has none: that is a fault of its own. */
export interface TypedIssuer extends Located {
  readonly at: Manifest;
  readonly issuer: IssuerView;
  readonly source: Mapping;
}

export function issuersOfType(type: string): (manifests: Inventory) => TypedIssuer[] {
  return ({ issuers }) => issuers.filter((issuer) => issuer.type === type)
    .map((issuer) => ({ at: issuer.at, issuer, source: mapping(issuer.spec[type]) }));
}
