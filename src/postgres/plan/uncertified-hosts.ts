import { certificateOf } from './certificates';
import type { WrittenDatabase } from './database-context';
import { Mapping, texts, valueAt } from '../../data';
import { CertificateNames } from '../../postgresql';
import { annotatedHosts, carriesPublished, PublishedHost } from '../../workloads';

/** Hosts that annotations of Services publish, and a certificate does not carry. */
export function uncertifiedHosts({ plan, written }: WrittenDatabase, alias: string, services: ReadonlyArray<string>): PublishedHost[] {
  const names = certificateOf(plan, alias) && certificateNames(written(`${alias}-cert`));
  return names === undefined ? [] : services.flatMap((id) => annotatedHosts(written(id))).filter(({ host }) => !carriesPublished(host, names));
}

/** The names of a Certificate as it is written. Clients in Go and Java ignore the common name. */
export function certificateNames(certificate: Mapping | undefined): CertificateNames | undefined {
  return certificate && { commonName: '', dnsNames: texts(valueAt(certificate, 'spec.dnsNames')), ipAddresses: texts(valueAt(certificate, 'spec.ipAddresses')) };
}
