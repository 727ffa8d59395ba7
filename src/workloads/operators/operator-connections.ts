import { type OperatorDatabase, type OperatorService, operatorCertificate } from './operator-database';
import { operatorDatabasesOf } from './operator-databases';
import { mapping, memoizeByObject, text } from '../../data';
import type { Located, Manifest } from '../../kubernetes';
import type { CertificateNode, IssuanceGraph } from '../../pki';
import type { HbaFile, IdentRow } from '../../postgresql';
import type { ClientView } from '../client-view';
import { type PodContext, podsOf } from '../pod-context';

/** What a client finds behind a Service of an operator. */
export interface OperatorServer {
  readonly database: OperatorDatabase;
  /** The Certificate that it presents, where that is one of the app. */
  readonly certificate: CertificateNode | undefined;
  readonly hba: HbaFile | undefined;
  readonly userMaps: ReadonlyArray<IdentRow> | undefined;
  readonly tls: boolean | undefined;
}

/** A connection from a client to a Service of an operator. */
export interface OperatorConnection {
  readonly client: ClientView;
  readonly host: string;
  readonly place: string;
  readonly server: OperatorServer;
}

/** A pod whose clients connect to databases of operators. */
export interface OperatorClients extends Located {
  readonly connections: ReadonlyArray<OperatorConnection>;
}

/** Every pod with such connections. */
export const operatorClientsOf = memoizeByObject((manifests: IssuanceGraph): ReadonlyArray<OperatorClients> => {
  if (operatorDatabasesOf(manifests).length === 0) { return []; }
  return podsOf(manifests).map((pod) => ({ at: pod.at, connections: connectionsOf(pod) })).filter(({ connections }) => connections.length > 0);
});

function connectionsOf({ clients, connections: known, manifests }: PodContext): OperatorConnection[] {
  return clients.flatMap((client) => client.hosts.flatMap((host) => {
    const place = client.placeOf(host);
    // A Service of the app that leads to a pod of the app comes first.
    if (known.some((way) => way.client === client && way.host === host)) { return []; }
    return serversAt(manifests, client.pod.at, place, client.portOf(host)).map((server) => ({ client, host, place, server }));
  }));
}

/** As cluster DNS resolves a name for a pod. */
function serversAt(manifests: IssuanceGraph, from: Manifest, place: string, port: string): OperatorServer[] {
  const [name = '', namespace = from.namespace, svc] = place.replace(/\.$/, '').toLowerCase().split('.');
  if (svc !== undefined && svc !== 'svc') { return []; }
  const databases = operatorDatabasesOf(manifests).filter(({ at }) => at.namespace === namespace);
  const service = manifests.find('', 'Service', namespace, name, from);
  if (service !== undefined) { return databases.filter((database) => selects(service, database)).map((database) => serverBehind(database, database.services[0])); }
  return databases.flatMap((database) => database.services.filter((own) => own.name === name && own.port === port).map((own) => serverBehind(database, own)));
}

/** Whether a Service of the app selects the pods of a database, whichever their role. */
function selects({ spec }: Manifest, { podLabels }: OperatorDatabase): boolean {
  const selector = mapping(spec['selector']);
  return Object.entries(podLabels).every(([label, value]) => text(selector[label]) === value);
}

function serverBehind(database: OperatorDatabase, service: OperatorService | undefined): OperatorServer {
  const { hba, userMaps } = service?.isPooler === true ? { hba: undefined, userMaps: undefined } : database;
  return { database, certificate: operatorCertificate(database, service?.secret), hba, userMaps, tls: service?.isPooler === true ? undefined : true };
}
