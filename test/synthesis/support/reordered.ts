import { Size, Testing } from 'cdk8s';
import {
  AccessMethod, AccessRule, CertificateAuthority, ClientPrivileges, NetworkPeer, Postgres, PostgresMonitor, PostgresNetwork, PostgresScripts, PostgresStorage,
  PostgresVersion,
} from '../../../src';
import { chartIn, type Manifest } from '../../support/tree';

/** What changes in a program whose output is compared; nothing unless it is given. */
export interface Reordering {
  /** Of the keys of every argument. */
  readonly keys?: <Argument>(argument: Argument) => Argument;
  /** Of the calls that declare something. */
  readonly calls?: <Call>(calls: Call[]) => Call[];
  /** Of lists whose order has no meaning. */
  readonly lists?: <Item>(list: Item[]) => Item[];
}

/** The manifests of a chart with a database that uses most of the properties. */
export function manifestsOf({ keys = (argument) => argument, calls = (list) => list, lists = (list) => list }: Reordering = {}): Manifest[] {
  const chart = chartIn('demo');
  const ca = new CertificateAuthority(chart, 'ca', keys({ metadata: { labels: { z: '1', a: '2' } } }));
  const db = new Postgres(chart, 'db', keys({
    version: PostgresVersion.V18,
    tls: {
      issuer: ca.issuer,
      certificates: { server: { dnsNames: lists(['b.example.com', 'a.example.com']), ipAddresses: lists(['10.0.0.2', '10.0.0.1']), uris: lists(['spiffe://b', 'spiffe://a']) } },
    },
    storage: PostgresStorage.durable(keys({ size: Size.gibibytes(1), storageClassName: 'fast' })),
    scripts: new PostgresScripts(chart, 'scripts'),
    monitor: PostgresMonitor.prometheus(keys({ alerts: { labels: { z: '1', a: '2' } }, serviceMonitor: { labels: { z: '1', a: '2' } } })),
    metadata: { labels: { z: '1', a: '2' }, annotations: { z: '1', a: '2' } },
    parameters: { work_mem: '8MB', autovacuum_naptime: '10s', log_min_messages: 'info' },
    podTemplate: { labels: { z: '1', a: '2' }, annotations: { z: '1', a: '2' }, nodeSelector: { z: '1', a: '2' } },
    services: { primary: { annotations: { z: '1', a: '2' } } },
    network: PostgresNetwork.restricted(keys({ clients: lists([NetworkPeer.namespaces({ team: 'b' }), NetworkPeer.namespaces({ team: 'a' })]) })),
    accessRules: [AccessRule.hostssl(keys({ databases: ['stock'], users: ['auditor'], method: AccessMethod.cert() }))],
  }));
  const declarations: Array<() => void> = [
    () => {
      db.addDatabase('stock', keys({
        settings: { work_mem: '9MB', datestyle: 'ISO' }, extensions: lists([{ name: 'hstore' }, { name: 'citext' }]), schemas: lists([{ name: 'b' }, { name: 'a' }]),
      }));
    },
    () => { db.addDatabase('audit', { owner: 'team' }); },
    () => { db.addRole('team', keys({ settings: { work_mem: '9MB', datestyle: 'ISO' } })); },
    () => { db.addRole('auditor', { inRoles: ['team'], login: true }); },
    () => { db.addClient('orders', keys({ databases: lists(['orders', 'stock']), inRoles: lists(['team', 'auditor']) })); },
    () => { db.addClient('app', { databases: ['audit'], privileges: ClientPrivileges.readOnly() }); },
  ];
  for (const declare of calls(declarations)) { declare(); }
  return Testing.synth(chart);
}

/** A copy of plain data with the keys of every object in reverse order. */
export function withReversedKeys<Argument>(argument: Argument): Argument {
  if (Array.isArray(argument)) { return argument.map(withReversedKeys) as Argument; }
  if (typeof argument !== 'object' || argument === null || Object.getPrototypeOf(argument) !== Object.prototype) { return argument; }
  return Object.fromEntries(Object.entries(argument).reverse().map(([name, value]) => [name, withReversedKeys(value)])) as Argument;
}

export const nameOf = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`;
