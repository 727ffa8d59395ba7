import type { CertificateView } from './certificate-view';

/** The API group of cert-manager's own issuers. */
export const CERT_MANAGER_GROUP = 'cert-manager.io';

/** An issuer as constructs describe it. */
export interface KnownIssuer {
  readonly issuerKind: string;
  readonly issuerGroup: string;
  readonly issuerName: string;
  readonly issuerNamespace?: string;
}

/** An issuer as manifests reference it. */
export interface IssuerReference {
  readonly kind: string;
  readonly group: string;
  readonly name: string;
  /** Undefined for cluster-scoped kinds. */
  readonly namespace: string | undefined;
}

/** The value of the annotation. */
export function formatIssuerIdentities(issuers: ReadonlyArray<KnownIssuer>): string {
  return [...new Set(issuers.map(({ issuerKind, issuerGroup, issuerNamespace, issuerName }) =>
    issuerIdentity({ kind: issuerKind, group: issuerGroup, namespace: issuerNamespace, name: issuerName })))].sort().join(',');
}

/** Whether two constructs refer to one issuer. */
export function isSameIssuer(one: KnownIssuer, other: KnownIssuer): boolean {
  return formatIssuerIdentities([one]) === formatIssuerIdentities([other]);
}

/** The issuer reference of a Certificate; an Issuer is in the namespace of the Certificate. */
export function issuerReference({ issuerRef, at: { namespace } }: CertificateView): IssuerReference {
  return { ...issuerRef, namespace: issuerRef.kind === 'Issuer' ? namespace : undefined };
}

export function issuerIdentity({ kind, group, namespace, name }: IssuerReference): string {
  return `${kind}.${group}/${namespace ?? ''}/${name}`;
}

/** A CA, by the Secret of its key pair. */
export function secretIdentity(namespace: string | undefined, name: string): string {
  return `Secret/${namespace ?? ''}/${name}`;
}
