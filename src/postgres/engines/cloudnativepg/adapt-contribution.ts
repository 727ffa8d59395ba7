import { declaredDatabases } from './declared-database';
import { CertificateAlias } from '../../plan/certificate-alias';
import type { CertificatePlan } from '../../plan/certificates';
import type { Contribution } from '../../plan/contribution';
import type { DatabaseBasics } from '../../plan/database-basics';
import { FIXED_BY_CLOUD_NATIVE_PG } from '../../../workloads';

/** Parameters that a field of the Cluster sets, or the operator by itself. */
const SET_ELSEWHERE: ReadonlySet<string> = new Set([...FIXED_BY_CLOUD_NATIVE_PG, 'allow_alter_system']);

/** The label without which the operator does not see that a Secret of cert-manager has changed. Source: CloudNativePG docs/src/certificates.md. */
export const RELOAD_LABEL = 'cnpg.io/reload';

/**
 * What a Cluster takes over of a feature: no container, volume or file, since the pods are the operator's, and no Service. Of the monitoring in the pod nothing is left;
 * what that means for a property is a rule of the feature `cloudnativepg-certificates`.
 */
export function adaptContribution(basics: DatabaseBasics, feature: string, parts: Contribution): Contribution {
  const { certificates, parameters, declared, objects = [], given, absent } = parts;
  if (feature === 'monitoring') { return { given, absent }; }
  const { roles: _, files: _files, volumes: _volumes, containers: _containers, ports: _ports, variables: _variables, hostAliases: _aliases, services: _services, alerts: _alerts, ...rest } = parts;
  return {
    ...rest,
    certificates: certificates?.map(reloaded),
    parameters: parameters?.filter(({ parameter: [name], isGiven = false }) => isGiven || !SET_ELSEWHERE.has(name)),
    objects: [...objects, ...(declared === undefined ? [] : declaredDatabases(basics, declared))],
  };
}

/** The server's certificate, which instances read over the API. */
function reloaded(certificate: CertificatePlan): CertificatePlan {
  if (certificate.alias !== CertificateAlias.SERVER && certificate.alias !== CertificateAlias.REPLICATION) { return certificate; }
  const { secretTemplate: { labels, ...template } = {} } = certificate.spec;
  return { ...certificate, spec: { ...certificate.spec, secretTemplate: { ...template, labels: { [RELOAD_LABEL]: 'true', ...labels } } } };
}
