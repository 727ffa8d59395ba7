import { displayName } from '../../kubernetes';
import { certificateFor, type OperatorDatabase, secretFor } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { cloudNativePgFile, crunchyFile } from '../engine/sources';

export const operatorReplicationCommonName: Rule<OperatorDatabase> = {
  id: 'operator-replication-common-name',
  code: 'PGTLS-O01',
  title: 'replication certificate of an operator has another common name than its replication role',
  consequence: Consequence.NEVER_READY,
  sources: [
    cloudNativePgFile('pkg/postgres/configuration.go', 'hostssl replication streaming_replica all cert map=cnpg_streaming_replica'),
    crunchyFile('internal/postgres/hba.go', 'hostssl replication _crunchyrepl all cert'),
  ],
  check: (database, report) => {
    const { replicationRole: role, replicationMap: map, userMaps = [], isReplicated } = database;
    const certificate = certificateFor(database, 'replication certificate');
    if (certificate === undefined || role === undefined || certificate.commonName === role) { return; }
    const { commonName } = certificate;
    // A regular expression is not evaluated here.
    const isMapped = userMaps.some((row) => row.map === map && (row.systemUser === commonName || row.systemUser.startsWith('/')) && row.databaseUser === role);
    if (isMapped) { return; }
    const add = map === undefined ? '' : `, or add '${map} ${commonName === '' ? 'COMMON_NAME' : commonName} ${role}' to spec.postgresql.pg_ident`;
    report(
      secretFor(database, 'replication certificate')!.field,
      `replicas log in as '${role}' with ${displayName(certificate.at)}, ${commonName === '' ? 'which has no commonName' : `whose commonName is '${commonName}'`}; `
        + `error: FATAL: certificate authentication failed for user "${role}"`,
      `set commonName of the Certificate to ${role}${add}`,
      isReplicated ? undefined : Severity.WARNING,
    );
  },
  fix: 'set commonName of the Certificate to the replication role of the operator: streaming_replica (CloudNativePG), _crunchyrepl (Crunchy, Percona)',
};
