import { groupBy } from '../../data';
import type { CertificateNode, PolicyView } from '../../pki';

/** How many policies are compared with a certificate that none allows, to find the nearest. */
const COMPARED = 50;

/** Policies by their selectors: there may be one for each of thousands of certificates of one issuer. */
export class PolicyIndex {
  private readonly byPlace: ReadonlyMap<string, ReadonlyArray<PolicyView>>;
  private readonly byName: ReadonlyMap<string, ReadonlyArray<PolicyView>>;
  private readonly byIssuer: ReadonlyMap<string | undefined, ReadonlyArray<PolicyView>>;

  public constructor(policies: ReadonlyArray<PolicyView>) {
    this.byIssuer = groupBy(policies, ({ issuerName }) => issuerName);
    this.byName = groupBy(policies, ({ issuerName, commonName }) => nameKey(issuerName, commonName));
    const named = policies.filter(({ issuerName, commonName }) => issuerName !== undefined && commonName !== undefined);
    this.byPlace = groupBy(named, ({ issuerName, namespace, commonName }) => [issuerName, namespace ?? '', commonName].join('\0'));
  }

  /** Whether a policy allows the request for a certificate. */
  public covers(certificate: CertificateNode): boolean {
    // Nearly always it is the policy for its name in its namespace.
    return this.ofPlace(certificate).some((policy) => policy.covers(certificate)) || this.possible(certificate).some((policy) => policy.covers(certificate));
  }

  /** All policies for its issuer. */
  public about(certificate: CertificateNode): PolicyView[] {
    return [...this.byIssuer.get(certificate.issuerRef.name) ?? [], ...this.byIssuer.get(undefined) ?? []].filter((policy) => policy.isAboutIssuerOf(certificate));
  }

  /** The policies for its issuer that are most like it, the likeliest first. */
  public mostAlike(certificate: CertificateNode): PolicyView[] {
    const alike = [...this.ofPlace(certificate).filter((policy) => policy.isAboutIssuerOf(certificate)), ...this.possible(certificate)];
    return (alike.length > 0 ? alike : this.about(certificate)).slice(0, COMPARED);
  }

  /** The policies for its issuer, its namespace and its common name. */
  private ofPlace({ issuerRef, at, commonName }: CertificateNode): ReadonlyArray<PolicyView> {
    return this.byPlace.get([issuerRef.name, at.namespace ?? '', commonName].join('\0')) ?? [];
  }

  /** The policies for its issuer whose common name does not exclude it. */
  private possible(certificate: CertificateNode): PolicyView[] {
    const { issuerRef: { name }, commonName } = certificate;
    const possible = commonName === ''
      ? this.about(certificate)
      : [name, undefined].flatMap((issuer) => [commonName, undefined].flatMap((allowed) => this.byName.get(nameKey(issuer, allowed)) ?? []));
    return possible.filter((policy) => policy.isAboutIssuerOf(certificate));
  }
}

function nameKey(issuerName: string | undefined, commonName: string | undefined): string {
  return [issuerName ?? '', commonName ?? ''].join('\0');
}
