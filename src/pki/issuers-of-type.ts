import type { IssuanceGraph, IssuerNode } from './issuance-graph';
import { mapping, Mapping } from '../data';
import type { Located, Manifest } from '../kubernetes';

/** An issuer of one type and its part of the spec. An issuer of no type or several has none: that is a fault of its own. */
export interface TypedIssuer extends Located {
  readonly at: Manifest;
  readonly issuer: IssuerNode;
  readonly source: Mapping;
}

export function issuersOfType(type: string): (manifests: IssuanceGraph) => TypedIssuer[] {
  return ({ issuers }) => issuers.filter((issuer) => issuer.type === type)
    .map((issuer) => ({ at: issuer.at, issuer, source: mapping(issuer.spec[type]) }));
}
