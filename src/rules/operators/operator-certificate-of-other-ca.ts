import { displayName } from '../../kubernetes';
import { rootCertificateOf } from '../../pki';
import { certificateFor, type OperatorDatabase, type SecretPurpose, secretFor } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { cloudNativePgFile, crunchyFile } from '../engine/sources';

/** A certificate, and the Secret whose `ca.crt` has to verify it. */
type Pair = readonly [verified: SecretPurpose, by: SecretPurpose];

const BY_CA: ReadonlyArray<Pair> = [['server certificate', 'server CA'], ['replication certificate', 'client CA']];
const TOGETHER: ReadonlyArray<Pair> = [['replication certificate', 'server certificate']];

export const operatorCertificateOfOtherCa: Rule<OperatorDatabase> = {
  id: 'operator-certificate-of-other-ca',
  code: 'PGTLS-O07',
  title: 'certificate of an operator is not issued by the CA that verifies it',
  consequence: Consequence.NEVER_READY,
  sources: [
    cloudNativePgFile('internal/controller/cluster_pki.go', 'validateLeafCertificate'),
    crunchyFile('pkg/apis/postgres-operator.crunchydata.com/v1beta1/postgrescluster_types.go', 'ca.crt of both Secrets must be the same'),
  ],
  check: (database, report) => {
    for (const [verified, by] of database.pairsSecrets ? TOGETHER : BY_CA) {
      const [certificate, holder] = [certificateFor(database, verified), certificateFor(database, by)];
      const [root, trusted] = [certificate && rootCertificateOf(certificate), holder && rootCertificateOf(holder)];
      if (root === undefined || trusted === undefined || root === trusted) { continue; }
      const secret = secretFor(database, verified)!;
      report(secret.field, `the ${verified} (${displayName(certificate!.at)}) is issued below ${displayName(root.at)}, but ca.crt of Secret '${secretFor(database, by)!.name}' `
        + `is ${displayName(trusted.at)}; error: certificate signed by unknown authority`);
    }
  },
  fix: 'issue both certificates from one CA, or name the Secret with the CA certificate of the issuer',
};
