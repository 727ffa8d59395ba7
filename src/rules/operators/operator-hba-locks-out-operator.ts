import { asksForCertificate, type Login, type ParsedHbaRow, possibleRows } from '../../postgresql';
import type { OperatorDatabase } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { zalandoFile } from '../engine/sources';

export const operatorHbaLocksOutOperator: Rule<OperatorDatabase> = {
  id: 'operator-hba-locks-out-operator',
  code: 'PGTLS-O10',
  title: "pg_hba of Zalando's operator admits neither its replicas nor the operator by password",
  consequence: Consequence.NEVER_READY,
  sources: [
    zalandoFile('docs/reference/cluster_manifest.md', 'patroni.pg_hba replaces the default rows'),
    zalandoFile('pkg/cluster/database.go', 'the operator logs in as the superuser over TLS, with a password'),
  ],
  check: ({ at: { group }, hba, isReplicated }, report) => {
    if (group !== 'acid.zalan.do' || hba?.isComplete !== true) { return; }
    const isAdmitted = (database: string, channels: ReadonlyArray<Login['channel']>) =>
      channels.some((channel) => possibleRows(hba.rows, { channel, user: undefined, database }).some(takesPassword));
    if (!isAdmitted('replication', ['tls', 'plaintext'])) {
      report('spec.patroni.pg_hba', 'no row admits replicas, which log in for replication with a password', "add 'hostssl replication standby all scram-sha-256'",
        isReplicated ? undefined : Severity.WARNING);
    }
    if (!isAdmitted('postgres', ['tls'])) {
      report('spec.patroni.pg_hba', 'no row admits the operator, which logs in as the superuser over TLS with a password', "add 'hostssl all postgres all scram-sha-256' before rows that ask for certificates");
    }
  },
  fix: 'admit the role for replication and the superuser with a password over TLS, before rows that ask for certificates',
};

function takesPassword(row: ParsedHbaRow): boolean {
  return row.method !== 'reject' && !asksForCertificate(row);
}
