import { cloudNativePg, cloudNativePgPooler } from './cloud-native-pg';
import { crunchy } from './crunchy';
import { kubeDb } from './kubedb';
import type { OperatorDatabase } from './operator-database';
import { percona } from './percona';
import { zalando } from './zalando';
import { memoizeByObject } from '../../data';
import type { Manifest } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';

/** The objects that are read, by API group and kind. */
const KINDS: ReadonlyArray<readonly [group: string, kind: string, read: (at: Manifest, manifests: IssuanceGraph) => OperatorDatabase]> = [
  ['postgresql.cnpg.io', 'Cluster', cloudNativePg],
  ['postgresql.cnpg.io', 'Pooler', cloudNativePgPooler],
  ['acid.zalan.do', 'postgresql', zalando],
  ['postgres-operator.crunchydata.com', 'PostgresCluster', crunchy],
  ['pgv2.percona.com', 'PerconaPGCluster', percona],
  ['kubedb.com', 'Postgres', kubeDb],
];

/** Every database and pooler that an operator runs. */
export const operatorDatabasesOf = memoizeByObject((manifests: IssuanceGraph): ReadonlyArray<OperatorDatabase> =>
  KINDS.flatMap(([group, kind, read]) => manifests.ofKind(group, kind).map((at) => read(at, manifests))));
