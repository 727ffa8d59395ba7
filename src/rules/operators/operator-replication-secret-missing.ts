import { type OperatorDatabase, secretFor } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { crunchyFile, perconaFile } from '../engine/sources';

export const operatorReplicationSecretMissing: Rule<OperatorDatabase> = {
  id: 'operator-replication-secret-missing',
  code: 'PGTLS-O03',
  title: 'only one of customTLSSecret and customReplicationTLSSecret is set',
  consequence: Consequence.NEVER_READY,
  sources: [
    crunchyFile('pkg/apis/postgres-operator.crunchydata.com/v1beta1/postgrescluster_types.go', 'both must be provided, with the same ca.crt'),
    crunchyFile('internal/patroni/config.go', 'replication with sslmode=verify-ca and ca.crt of the replication Secret'),
    perconaFile('pkg/apis/pgv2.percona.com/v2/perconapgcluster_types.go', 'both must be provided, with the same ca.crt'),
  ],
  check: (database, report) => {
    const [server, replication] = [secretFor(database, 'server certificate'), secretFor(database, 'replication certificate')];
    const given = server ?? replication;
    if (!database.pairsSecrets || given === undefined || (server !== undefined && replication !== undefined)) { return; }
    const missing = server === undefined ? 'customTLSSecret' : 'customReplicationTLSSecret';
    const path = given.field.replace(/\.name$/, '');
    report(path, `${path.split('.').at(-1)!} is set without ${missing}, whose certificate ${database.operator} then issues from another CA: replicas and the primary do not trust each other`,
      undefined, database.isReplicated ? undefined : Severity.WARNING);
  },
  fix: 'set both, with certificates of one CA',
};
