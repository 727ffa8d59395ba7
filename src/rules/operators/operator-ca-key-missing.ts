import { isGiven, text, valueAt } from '../../data';
import { displayName, type Manifest } from '../../kubernetes';
import { producesKey } from '../../pki';
import { certificateFor, type OperatorDatabase, operatorCertificate, type SecretPurpose, secretFor } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { cloudNativePgFile } from '../engine/sources';

/** The certificates that CloudNativePG issues from a CA, unless they are given. */
const ISSUED: ReadonlyArray<readonly [ca: SecretPurpose, leaf: SecretPurpose, field: string]> = [
  ['server CA', 'server certificate', 'serverTLSSecret'], ['client CA', 'replication certificate', 'replicationTLSSecret'],
];

export const operatorCaKeyMissing: Rule<OperatorDatabase> = {
  id: 'operator-ca-key-missing',
  code: 'PGTLS-O04',
  title: 'CloudNativePG has to issue a certificate from a Secret without ca.key',
  consequence: Consequence.NEVER_READY,
  sources: [
    cloudNativePgFile('internal/controller/cluster_pki.go', 'ensureServerCASecret and ensureClientCASecret: ca.key is needed where the certificate is not given'),
    cloudNativePgFile('internal/controller/cluster_create.go', 'reconcilePoolerSecrets: the certificate of a Pooler is issued from the client CA'),
  ],
  check: (database, report) => {
    if (database.at.group !== 'postgresql.cnpg.io') { return; }
    if (database.at.kind === 'Pooler') {
      checkPooler(database, report);
      return;
    }
    for (const [ca, leaf, field] of ISSUED) {
      const [secret, certificate] = [secretFor(database, ca), certificateFor(database, ca)];
      if (secretFor(database, leaf) === undefined && certificate !== undefined && producesKey(certificate, 'ca.key') === false) {
        report(secret!.field, `without ${field}, the operator issues the ${leaf} with ca.key of Secret '${secret!.name}', which ${displayName(certificate.at)} does not write; `
          + 'error: missing ca.key secret data', `set ${field} to the Secret of a Certificate of this CA`);
      }
    }
  },
  fix: 'give the certificate as a Secret as well: serverTLSSecret beside serverCASecret, replicationTLSSecret beside clientCASecret; authQuery, authQuerySecret and serverTLSSecret of a Pooler',
};

/** The operator issues a certificate for a Pooler that brings none. Source: CloudNativePG api/v1/pooler_funcs.go, IsAutomatedIntegration. */
function checkPooler({ at, manifests }: OperatorDatabase, report: (field: string, problem: string, fix?: string) => void): void {
  const { spec, namespace } = at;
  const name = text(valueAt(spec, 'cluster.name'));
  const cluster = manifests.find('postgresql.cnpg.io', 'Cluster', namespace, name, at);
  const bringsOwn = ['authQuery', 'authQuerySecret', 'serverTLSSecret'].some((field) => isGiven(valueAt(spec, `pgbouncer.${field}`)));
  const secret = text(valueAt(cluster?.spec, 'certificates.clientCASecret'));
  const certificate = cluster === undefined || bringsOwn || secret === '' ? undefined : operatorCertificate({ at: cluster, manifests }, secret);
  if (certificate === undefined || producesKey(certificate, 'ca.key') !== false || isDeclared(`${name}-pooler`, at, manifests)) { return; }
  report('spec.pgbouncer', `the operator issues the certificate of the Pooler with ca.key of Secret '${secret}', the client CA of ${displayName(cluster!)}, which ${displayName(certificate.at)} `
    + 'does not write; error: missing ca.key secret data', 'set serverTLSSecret, authQuery and authQuerySecret of the Pooler, for a certificate of the client CA');
}

/** Whether the app makes the Secret that the operator would issue. */
function isDeclared(name: string, { namespace }: Manifest, manifests: OperatorDatabase['manifests']): boolean {
  return manifests.writersOf(namespace, name).length > 0 || manifests.secretsDeclared(namespace, name).length > 0;
}
