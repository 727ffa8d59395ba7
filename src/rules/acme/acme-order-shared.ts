import { Mapping } from '../../data';
import { Located, Manifest } from '../../kubernetes';
import { CertificateNode } from '../../pki';

/** A Certificate that is requested from an ACME issuer of the app. */
export interface OrderTarget extends Located {
  readonly at: Manifest;
  readonly certificate: CertificateNode;
  readonly acme: Mapping;
  readonly server: string;
  /** The names whose control must be proven; invalid names are reported by other rules. */
  readonly names: ReadonlyArray<string>;
}

/** Whether a name is that of a Service of the app, with or without its namespace. */
export function serviceOf({ manifests }: CertificateNode): (name: string) => boolean {
  return (name) => {
    const [service = '', namespace, ...rest] = name.toLowerCase().split('.');
    return rest.length === 0 && manifests.find('', 'Service', namespace, service) !== undefined;
  };
}
