import { groupBy } from '../../data';
import type { CertificateNode, PolicyView } from '../../pki';

/** Policies by their selectors: there may be one for each of thousands of certificates of one issuer. */
export class PolicyIndex {
  private readonly byNames: ReadonlyMap<string, ReadonlyArray<PolicyView>>;
  private readonly byIssuer: ReadonlyMap<string | undefined, ReadonlyArray<PolicyView>>;

  public constructor(policies: ReadonlyArray<PolicyView>) {
    this.byIssuer = groupBy(policies, ({ issuerName }) => issuerName);
    const named = policies.filter(({ issuerName, commonName }) => issuerName !== undefined && commonName !== undefined);
    this.byNames = groupBy(named, ({ issuerName, namespace, commonName }) => [issuerName, namespace ?? '', commonName].join('\0'));
  }

  /** The policies for its issuer, its namespace and its common name. */
  public likely({ issuerRef, at, commonName }: CertificateNode): ReadonlyArray<PolicyView> {
    return this.byNames.get([issuerRef.name, at.namespace ?? '', commonName].join('\0')) ?? [];
  }

  /** All policies for its issuer. */
  public about(certificate: CertificateNode): PolicyView[] {
    return [...this.byIssuer.get(certificate.issuerRef.name) ?? [], ...this.byIssuer.get(undefined) ?? []].filter((policy) => policy.isAboutIssuerOf(certificate));
  }
}
