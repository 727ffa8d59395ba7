import { entryPath, mapping, Mapping, mappings, memoizeByObject, text, texts, valueAt } from '../data';
import type { Manifest } from '../kubernetes';
import type { IssuanceGraph } from '../pki';
import { CertificateNames, libpqMatchesHost } from '../postgresql';

/** A published host name, and the field of the manifest that publishes it. */
export interface PublishedHost {
  /** As messages name it. */
  readonly field: string;
  /** Its place in the manifest. */
  readonly path: string;
  readonly host: string;
}

/** A host name in an annotation. */
export interface AnnotatedHost extends PublishedHost {
  readonly annotation: string;
}

/** A Service behind a published host name. */
export interface Publication extends PublishedHost {
  /** The object that publishes it: the Service itself, or a route to it. */
  readonly by: Manifest;
  readonly service: Manifest;
}

/** Annotations of external-dns and the DNS controller of kOps with the host names of a Service. */
const HOST_ANNOTATION = /^(external-dns(\.alpha)?\.kubernetes\.io\/(internal-)?hostname|dns\.alpha\.kubernetes\.io\/(external|internal))$/;

/** The host names in the annotations of a Service, without a trailing dot. */
export function annotatedHosts(service: Mapping | undefined): AnnotatedHost[] {
  return Object.entries(mapping(valueAt(service, 'metadata.annotations'))).filter(([name]) => HOST_ANNOTATION.test(name))
    .flatMap(([name, value]) => bare(text(value).split(',')).map((host) => ({ annotation: name, field: `annotation '${name}'`, path: entryPath('metadata.annotations', name), host })));
}

/** Whether a certificate contains a published host name; for a wildcard, whether it contains any name below it. */
export function carriesPublished(host: string, names: CertificateNames): boolean {
  return libpqMatchesHost(host, names) || (host.startsWith('*.') && names.dnsNames.some((name) => name.toLowerCase().endsWith(host.slice(1).toLowerCase())));
}

/** Every host name that the app publishes for one of its Services. */
export const publications = memoizeByObject((manifests: IssuanceGraph): ReadonlyArray<Publication> => {
  const services = manifests.ofKind('', 'Service');
  return [
    ...services.flatMap((service) => annotatedHosts(service.manifest).map((host) => ({ ...host, by: service, service }))),
    ...routes(manifests).flatMap(({ by, hosts, backends }) => backends.flatMap(({ name, namespace }) => {
      const service = manifests.find('', 'Service', namespace ?? by.namespace, name);
      return service === undefined ? [] : hosts.map((host) => ({ ...host, by, service }));
    })),
  ];
});

interface Route {
  readonly by: Manifest;
  readonly hosts: ReadonlyArray<PublishedHost>;
  readonly backends: ReadonlyArray<{ readonly name: string; readonly namespace?: string }>;
}

/** Routes with TLS passthrough: the client verifies the server behind them. */
function routes(manifests: IssuanceGraph): Route[] {
  return [
    ...manifests.ofKind('gateway.networking.k8s.io', 'TLSRoute').map((by): Route => ({
      by, hosts: texts(by.spec['hostnames']).flatMap((name, index) => published('spec.hostnames', `spec.hostnames[${index}]`, [name])), backends: mappings(by.spec['rules']).flatMap((rule) => mappings(rule['backendRefs'])).map(backend),
    })),
    ...manifests.ofKind('route.openshift.io', 'Route').filter(({ spec }) => valueAt(spec, 'tls.termination') === 'passthrough').map((by): Route => ({
      by, hosts: published('spec.host', 'spec.host', [text(by.spec['host'])]), backends: [backend(mapping(by.spec['to']))],
    })),
    ...manifests.ofKind('traefik.io', 'IngressRouteTCP').filter(({ spec }) => valueAt(spec, 'tls.passthrough') === true).flatMap((by) => mappings(by.spec['routes']).map((route, index): Route => ({
      by, hosts: published('spec.routes', `spec.routes[${index}].match`, sniHosts(text(route['match']))), backends: mappings(route['services']).map(backend),
    }))),
  ];
}

function published(field: string, path: string, hosts: ReadonlyArray<string>): PublishedHost[] {
  return bare(hosts).map((host) => ({ field, path, host }));
}

/** The host names in a rule of Traefik. */
function sniHosts(match: string): string[] {
  return [...match.matchAll(/HostSNI\(\s*[`"]([^`"]+)[`"]\s*\)/g)].map(([, host]) => host!).filter((host) => host !== '*');
}

function backend({ name, namespace }: Mapping): { readonly name: string; readonly namespace?: string } {
  return { name: text(name), namespace: text(namespace) || undefined };
}

function bare(hosts: ReadonlyArray<string>): string[] {
  return hosts.map((host) => host.trim().replace(/\.$/, '')).filter((host) => host !== '');
}
