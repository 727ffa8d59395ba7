import { type OperatorDatabase, type OperatorService, operatorCertificate } from './operator-database';
import { operatorDatabasesOf } from './operator-databases';
import { mapping, memoizeByObject, text } from '../../data';
import type { Located, Manifest } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';
import type { AccessConnection } from '../access';
import { type PodContext, podsOf } from '../pod-context';

/** A connection from a client to a Service of an operator. */
export interface OperatorConnection extends AccessConnection {
  /** What stands behind the Service. */
  readonly database: OperatorDatabase;
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
    // A Service of the app that leads to a pod of the app comes first.
    if (known.some((way) => way.client === client && way.host === host)) { return []; }
    const place = client.placeOf(host);
    return servicesAt(manifests, client.pod.at, place, client.portOf(host)).map(([database, service]): OperatorConnection => {
      const { hba, userMaps } = service.isPooler ? { hba: undefined, userMaps: undefined } : database;
      return { client, host, place, database, server: { certificate: operatorCertificate(database, service.secret), hba, userMaps } };
    });
  }));
}

/** What a host leads to, as cluster DNS resolves it for a pod. */
function servicesAt(manifests: IssuanceGraph, from: Manifest, place: string, port: string): Array<readonly [OperatorDatabase, OperatorService]> {
  const [name = '', namespace = from.namespace, svc] = place.replace(/\.$/, '').toLowerCase().split('.');
  if (svc !== undefined && svc !== 'svc') { return []; }
  const databases = operatorDatabasesOf(manifests).filter(({ at }) => at.namespace === namespace);
  const service = manifests.find('', 'Service', namespace, name, from);
  return databases.flatMap((database) => {
    const found = service === undefined ? database.services.filter((own) => own.name === name && own.port === port)
      : selects(service, database) ? database.services.slice(0, 1) : [];
    return found.map((own) => [database, own] as const);
  });
}

/** Whether a Service of the app selects the pods of a database, whichever their role. */
function selects({ spec }: Manifest, { podLabels }: OperatorDatabase): boolean {
  const selector = mapping(spec['selector']);
  return Object.entries(podLabels).every(([label, value]) => text(selector[label]) === value);
}
