import { displayName } from '../../kubernetes';
import { certificateFor, type OperatorDatabase, secretFor } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { cloudNativePgFile } from '../engine/sources';

export const operatorReadsCaKey: Rule<OperatorDatabase> = {
  id: 'operator-reads-ca-key',
  code: 'PGTLS-O06',
  severity: Severity.WARNING,
  title: 'pods of a CloudNativePG Cluster may read the private key of a CA',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [cloudNativePgFile('pkg/specs/roles.go', 'CreateRole: the pods may get every Secret that the Cluster names')],
  check: (database, report) => {
    if (database.at.group !== 'postgresql.cnpg.io' || database.at.kind !== 'Cluster') { return; }
    for (const purpose of ['server CA', 'client CA'] as const) {
      const [secret, certificate] = [secretFor(database, purpose), certificateFor(database, purpose)];
      if (certificate?.isCa === true) {
        report(secret!.field, `Secret '${secret!.name}' contains the private key of the CA ${displayName(certificate.at)}, and every pod of the database may read it`);
      }
    }
  },
  fix: 'name the Secret of a leaf certificate of this CA, whose ca.crt is the CA certificate, or acknowledge the warning',
};
