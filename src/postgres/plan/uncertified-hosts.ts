import { certificateOf } from './certificates';
import type { WrittenDatabase } from './database-context';
import { entryPath, type Mapping, texts, valueAt } from '../../data';
import type { CertificateNames } from '../../postgresql';
import { annotatedHosts, carriesPublished } from '../../workloads';

/** A host name that an annotation publishes. */
export interface UncertifiedHost {
  readonly host: string;
  readonly annotation: string;
  /** The property with the annotation, or the field of the Service as it is written. */
  readonly field: string;
}

/** Hosts that annotations of Services publish, and a certificate does not contain. */
export function uncertifiedHosts({ props, plan, written }: WrittenDatabase, alias: string, services: ReadonlyArray<string>): UncertifiedHost[] {
  const names = certificateOf(plan, alias) && certificateNames(written(`${alias}-cert`));
  if (names === undefined) { return []; }
  return plan.services.filter(({ id }) => services.includes(id)).flatMap((service) => {
    const options = service.alias && props.services?.[service.alias];
    return annotatedHosts(written(service.id)).filter(({ host }) => !carriesPublished(host, names)).map(({ annotation, host, path }) => (
      { host, annotation, field: annotation in (options?.annotations ?? {}) ? entryPath(`services.${service.alias}.annotations`, annotation) : path }
    ));
  });
}

/** The names of a Certificate as it is written. Clients in Go and Java ignore the common name. */
export function certificateNames(certificate: Mapping | undefined): CertificateNames | undefined {
  return certificate && { commonName: '', dnsNames: texts(valueAt(certificate, 'spec.dnsNames')), ipAddresses: texts(valueAt(certificate, 'spec.ipAddresses')) };
}
