import { CertificateView, Inventory, SERVER_AUTHORITIES_ANNOTATION } from '../pki';
import { at, grouped, mapping, mappings, oncePer, text } from '../data';
import { called, FileSource, PodView } from '../kubernetes';
import { certificateOf } from './pod-files';
import { toldReference, variableReferences } from './pod-references';
import { podsOf, PodSubject } from './pod-context';
import { told } from './self-signed-trust';

/** A Certificate in whose Secret somebody trusts `ca.crt`, the copy of its root from the day of its issue, and who does. */
interface TrustedCopy {
  readonly certificate: CertificateView;
  readonly by: string;
}

/** Who of the app trusts the `ca.crt` beside a Certificate, in the order of the app. */
export function trustersOf(certificate: CertificateView): ReadonlyArray<string> {
  return trusters(certificate.inventory).get(certificate) ?? [];
}

const trusters = oncePer((inventory: Inventory): ReadonlyMap<CertificateView, string[]> => {
  const copies = [...podsOf(inventory).flatMap(copiesOfPod), ...copiesInBundles(inventory), ...copiesOfMonitors(inventory)];
  return new Map([...grouped(copies, ({ certificate }) => certificate)].map(([certificate, found]) => [certificate, [...new Set(found.map(({ by }) => by))]]));
});

/** Keys that hold the root: in PEM and in keystores. */
const COPIES = /^(ca\.crt|truststore\.(jks|p12))$/;

function copiesOfPod(subject: PodSubject): TrustedCopy[] {
  const { pod, inventory, servers, clients } = subject;
  return [
    ...servers.filter(({ authorityFile }) => authorityFile !== undefined && COPIES.test(authorityFile.key)).flatMap((server) =>
      copyIn(server.certificateOf(server.authorityFile!), `the server in container '${server.container.name}' of ${called(pod.at)} (ssl_ca_file)`)),
    ...clients.filter(({ authorityFile, insistsOnTls }) => insistsOnTls && authorityFile !== undefined && COPIES.test(authorityFile.key)).flatMap((client) =>
      copyIn(client.certificateOf(client.authorityFile!), `${told(client)} of ${called(pod.at)}`)),
    ...pod.sources.filter(showsCopy).flatMap((source) => copyIn(certificateOf(pod, inventory, source), `volume '${source.volume}' of ${called(pod.at)}`)),
    ...copiesInEnvironment(pod, inventory),
    ...servers.filter(({ isOurs }) => isOurs).flatMap(({ certificate, pod: { at: database } }) => copiesForClients(certificate, database.name, inventory)),
  ];
}

function copyIn(certificate: CertificateView | undefined, by: string): TrustedCopy[] {
  return certificate === undefined ? [] : [{ certificate, by }];
}

/** Where a volume names the file it is for whoever mounts it; where all keys are shown, it may be for the others. */
function showsCopy({ items }: FileSource): boolean {
  return items?.some(({ key }) => COPIES.test(key)) ?? false;
}

function copiesInEnvironment(pod: PodView, inventory: Inventory): TrustedCopy[] {
  return variableReferences(pod).filter(({ kind, key }) => kind === 'Secret' && COPIES.test(key ?? ''))
    .flatMap((reference) => copyIn(inventory.writersOf(pod.at.namespace, reference.name)[0], `${toldReference(reference)} of ${called(pod.at)}`));
}

/** A database of this package says where its clients find the root; unless it does, that is `ca.crt` beside its certificate. */
function copiesForClients(certificate: CertificateView | undefined, database: string, inventory: Inventory): TrustedCopy[] {
  const place = text(mapping(at(certificate?.at.manifest, 'metadata.annotations'))[SERVER_AUTHORITIES_ANNOTATION]);
  const [kind, name = ''] = place.split('/');
  const holder = place === '' ? certificate : kind === 'Secret' ? inventory.writersOf(certificate?.at.namespace, name)[0] : undefined;
  return copyIn(holder, `every client of database '${database}'`);
}

/** trust-manager reads the Secret again when it changes, which is when the Certificate is renewed. */
function copiesInBundles(inventory: Inventory): TrustedCopy[] {
  return inventory.trusts.flatMap(({ at: bundle, references }) => references.filter(({ kind, key }) => kind === 'Secret' && COPIES.test(key))
    .flatMap(({ name }) => copyIn(inventory.writersOf(inventory.surroundings.trustNamespace, name)[0], `${called(bundle)}`)));
}

function copiesOfMonitors(inventory: Inventory): TrustedCopy[] {
  return ([['ServiceMonitor', 'endpoints'], ['PodMonitor', 'podMetricsEndpoints']] as const)
    .flatMap(([kind, field]) => inventory.ofKind('monitoring.coreos.com', kind).flatMap((monitor) => mappings(monitor.spec[field]).flatMap((endpoint) => {
      const { name, key } = mapping(at(endpoint, 'tlsConfig.ca.secret'));
      return COPIES.test(text(key)) ? copyIn(inventory.writersOf(monitor.namespace, text(name))[0], called(monitor)) : [];
    })));
}
