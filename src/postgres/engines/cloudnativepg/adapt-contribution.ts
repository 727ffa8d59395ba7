import { declaredDatabases } from './declared-database';
import { LIBRARIES } from './preloaded-libraries';
import { CertificateAlias } from '../../plan/certificate-alias';
import type { CertificatePlan } from '../../plan/certificates';
import type { Contribution } from '../../plan/contribution';
import type { DatabaseBasics } from '../../plan/database-basics';
import { FIXED_BY_CLOUD_NATIVE_PG } from '../../../workloads';

/** Parameters that the operator sets by itself; the rule for reserved parameters reports those that are given. Libraries have a field of their own in the Cluster. */
const SET_BY_OPERATOR: ReadonlySet<string> = new Set([...FIXED_BY_CLOUD_NATIVE_PG, 'allow_alter_system', 'wal_log_hints'].filter((name) => name !== LIBRARIES));

/** The label without which the operator does not see that a Secret of cert-manager has changed. Source: CloudNativePG docs/src/certificates.md. */
export const RELOAD_LABEL = 'cnpg.io/reload';

/** Parts of a contribution that belong to pods and Services, which are the operator's. */
const OF_PODS = ['roles', 'files', 'volumes', 'containers', 'ports', 'variables', 'hostAliases', 'services', 'alerts'] as const satisfies ReadonlyArray<keyof Contribution>;

/** What a Cluster takes over of a feature. Of the monitoring in the pod nothing is left; what that means for a property is a rule of the feature `cloud-native-pg`. */
export function adaptContribution(basics: DatabaseBasics, feature: string, parts: Contribution): Contribution {
  const { certificates, parameters, declared, objects = [], given, absent } = parts;
  if (feature === 'monitoring') { return { given, absent }; }
  return {
    ...parts,
    ...Object.fromEntries(OF_PODS.map((part) => [part, undefined])),
    certificates: certificates?.map(reloaded),
    parameters: parameters?.filter(({ parameter: [name] }) => !SET_BY_OPERATOR.has(name.toLowerCase())),
    objects: [...objects, ...(declared === undefined ? [] : declaredDatabases(basics, declared))],
  };
}

/** The certificates of the server and of its replicas, which instances read over the API. */
function reloaded(certificate: CertificatePlan): CertificatePlan {
  if (certificate.alias !== CertificateAlias.SERVER && certificate.alias !== CertificateAlias.REPLICATION) { return certificate; }
  const { secretTemplate: { labels, ...template } = {} } = certificate.spec;
  return { ...certificate, spec: { ...certificate.spec, secretTemplate: { ...template, labels: { [RELOAD_LABEL]: 'true', ...labels } } } };
}
