import type { Mapping } from '../../data';
import type { Located, Manifest } from '../../kubernetes';
import type { CertificateNode } from '../../pki';

/** A Certificate that is requested from an ACME issuer of the app. */
export interface AcmeOrder extends Located {
  readonly at: Manifest;
  readonly certificate: CertificateNode;
  readonly acme: Mapping;
  readonly server: string;
  /** The names whose control must be proven; invalid names are reported by other rules. */
  readonly names: ReadonlyArray<string>;
}
