import { describeClient } from './describe-client';
import { operatorCertificate, operatorDatabasesOf } from './operators';
import { PodContext, podsOf } from './pod-context';
import { certificateOf } from './pod-files';
import { describeReference, variableReferences } from './pod-references';
import { groupBy, mapping, mappings, memoizeByObject, text, valueAt } from '../data';
import { displayName, FileSource, PodView } from '../kubernetes';
import { CertificateNode, IssuanceGraph, TRUSTED_SERVER_CAS_ANNOTATION, trustsOf } from '../pki';

/** A Certificate whose `ca.crt` a peer trusts: a copy of the root from the time of its issuance, and a description of the peer. */
interface TrustedCopy {
  readonly certificate: CertificateNode;
  readonly by: string;
}

/** The peers in the app that trust the `ca.crt` in the Secret of a Certificate, in the order of the app. */
export function trustersOf(certificate: CertificateNode): ReadonlyArray<string> {
  return trusters(certificate.manifests).get(certificate) ?? [];
}

const trusters = memoizeByObject((manifests: IssuanceGraph): ReadonlyMap<CertificateNode, string[]> => {
  const copies = [...podsOf(manifests).flatMap(copiesOfPod), ...copiesInBundles(manifests), ...copiesOfMonitors(manifests), ...copiesOfOperators(manifests)];
  return new Map([...groupBy(copies, ({ certificate }) => certificate)].map(([certificate, found]) => [certificate, [...new Set(found.map(({ by }) => by))]]));
});

/** Keys with the root: in PEM and in trust stores. */
const COPIES = /^(ca\.crt|truststore\.(jks|p12))$/;

function copiesOfPod(context: PodContext): TrustedCopy[] {
  const { pod, manifests, servers, clients } = context;
  return [
    ...servers.filter(({ caFile }) => caFile !== undefined && COPIES.test(caFile.key)).flatMap((server) =>
      copyIn(server.certificateOf(server.caFile!), `the server in container '${server.container.name}' of ${displayName(pod.at)} (ssl_ca_file)`)),
    ...clients.filter(({ caFile, insistsOnTls }) => insistsOnTls && caFile !== undefined && COPIES.test(caFile.key)).flatMap((client) =>
      copyIn(client.certificateOf(client.caFile!), `${describeClient(client)} of ${displayName(pod.at)}`)),
    ...pod.sources.filter(showsCopy).flatMap((source) => copyIn(certificateOf(pod, manifests, source), `volume '${source.volume}' of ${displayName(pod.at)}`)),
    ...copiesInEnvironment(pod, manifests),
    ...servers.filter(({ isOurs }) => isOurs).flatMap(({ certificate, pod: { at: database } }) => copiesForClients(certificate, database.name, manifests)),
  ];
}

function copyIn(certificate: CertificateNode | undefined, by: string): TrustedCopy[] {
  return certificate === undefined ? [] : [{ certificate, by }];
}

/** The Secrets that an operator reads `ca.crt` of. */
function copiesOfOperators(manifests: IssuanceGraph): TrustedCopy[] {
  return operatorDatabasesOf(manifests).flatMap((database) => database.secrets.filter(({ keys }) => keys.some(({ key }) => COPIES.test(key)))
    .flatMap(({ name, purpose }) => copyIn(operatorCertificate(database, name), `${displayName(database.at)} (${purpose})`)));
}

/** A volume that names the key is for its use; a volume with all keys may be for the other keys. */
function showsCopy({ items }: FileSource): boolean {
  return items?.some(({ key }) => COPIES.test(key)) ?? false;
}

function copiesInEnvironment(pod: PodView, manifests: IssuanceGraph): TrustedCopy[] {
  return variableReferences(pod).filter(({ kind, key }) => kind === 'Secret' && COPIES.test(key ?? ''))
    .flatMap((reference) => copyIn(manifests.writersOf(pod.at.namespace, reference.name)[0], `${describeReference(reference)} of ${displayName(pod.at)}`));
}

/** An annotation on the server Certificate shows where clients find the root; by default that is its `ca.crt`. */
function copiesForClients(certificate: CertificateNode | undefined, database: string, manifests: IssuanceGraph): TrustedCopy[] {
  const place = text(mapping(valueAt(certificate?.at.manifest, 'metadata.annotations'))[TRUSTED_SERVER_CAS_ANNOTATION]);
  const [kind, name = ''] = place.split('/');
  const holder = place === '' ? certificate : kind === 'Secret' ? manifests.writersOf(certificate?.at.namespace, name)[0] : undefined;
  return copyIn(holder, `every client of database '${database}'`);
}

/** trust-manager reads the Secret again when it changes, which is at the renewal of the Certificate. */
function copiesInBundles(manifests: IssuanceGraph): TrustedCopy[] {
  return trustsOf(manifests).flatMap(({ at: bundle, references }) => references.filter(({ kind, key }) => kind === 'Secret' && COPIES.test(key))
    .flatMap(({ name }) => copyIn(manifests.writersOf(manifests.assumptions.trustNamespace, name)[0], `${displayName(bundle)}`)));
}

function copiesOfMonitors(manifests: IssuanceGraph): TrustedCopy[] {
  return ([['ServiceMonitor', 'endpoints'], ['PodMonitor', 'podMetricsEndpoints']] as const)
    .flatMap(([kind, field]) => manifests.ofKind('monitoring.coreos.com', kind).flatMap((monitor) => mappings(monitor.spec[field]).flatMap((endpoint) => {
      const { name, key } = mapping(valueAt(endpoint, 'tlsConfig.ca.secret'));
      return COPIES.test(text(key)) ? copyIn(manifests.writersOf(monitor.namespace, text(name))[0], displayName(monitor)) : [];
    })));
}
