import { text } from '../../data';
import type { CertificateNode } from '../../pki';

/** The field of a name that a Certificate requests, for example `spec.dnsNames[1]`. */
export function fieldOfName({ dnsNames, ipAddresses, spec }: CertificateNode, name: string): string {
  if (dnsNames.includes(name)) { return `spec.dnsNames[${dnsNames.indexOf(name)}]`; }
  if (ipAddresses.includes(name)) { return `spec.ipAddresses[${ipAddresses.indexOf(name)}]`; }
  return commonNameField(spec);
}

/** The field that a common name comes from. */
export function commonNameField(spec: CertificateNode['spec']): string {
  return text(spec['commonName']) === '' ? 'spec.literalSubject' : 'spec.commonName';
}

/** Whether a name is that of a Service of the app, with or without its namespace. */
export function isServiceOf({ manifests }: CertificateNode): (name: string) => boolean {
  return (name) => {
    const [service = '', namespace, ...rest] = name.toLowerCase().split('.');
    return rest.length === 0 && manifests.find('', 'Service', namespace, service) !== undefined;
  };
}
