import { type OperatorDatabase, operatorDatabase } from './operator-database';
import type { Manifest } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';

/** A Postgres object of KubeDB, whose Certificates the operator requests. */
export function kubeDb(at: Manifest, manifests: IssuanceGraph): OperatorDatabase {
  return operatorDatabase(at, manifests, {
    operator: 'KubeDB',
    isReplicated: Number(at.spec['replicas'] ?? 1) > 1,
    services: ['', '-standby'].map((suffix) => ({ name: `${at.name}${suffix}`, port: '5432', isPooler: false, secret: undefined })),
    podLabels: { 'app.kubernetes.io/name': 'postgreses.kubedb.com', 'app.kubernetes.io/instance': at.name },
  });
}
