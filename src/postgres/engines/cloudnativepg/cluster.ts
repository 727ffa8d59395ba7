import { initdb } from './initdb';
import { managedRoles } from './managed-roles';
import { optionsOf } from './pod-traffic';
import { LIBRARIES, preloadedLibraries } from './preloaded-libraries';
import { asGiven } from '../../plan/as-given';
import { CertificateAlias } from '../../plan/certificate-alias';
import { certificateOf } from '../../plan/certificates';
import type { DatabasePlan } from '../../plan/database-plan';
import { objectMetadata } from '../../plan/names';
import type { ClaimPlan } from '../../plan/parts';
import { formatQuantity } from '../../plan/quantity';
import { type HbaRow, type Parameter, printHbaRow, printIdentRow } from '../../../postgresql';

/** Nothing reaches the row `host all all all scram-sha-256` that the operator adds after those of the Cluster. */
const CLOSING_ROW: HbaRow = { type: 'host', databases: ['all'], users: ['all'], address: 'all', method: 'reject', options: [] };

/** The Cluster without its `spec`. */
export function clusterHead({ name }: DatabasePlan): Record<string, unknown> {
  return { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: objectMetadata(name) };
}

/** The Cluster. */
export function renderCluster(plan: DatabasePlan): Record<string, unknown> {
  const { image } = optionsOf(plan);
  const [data, wal] = plan.claims;
  return {
    ...clusterHead(plan),
    spec: asGiven(undefined, {
      instances: plan.members,
      imageName: image,
      ...scheduling(plan),
      ...inheritedMetadata(plan),
      certificates: certificates(plan),
      bootstrap: { initdb: initdb(plan) },
      managed: { roles: managedRoles(plan) },
      postgresql: postgresql(plan),
      resources: plan.resources['postgres'],
      ...(data ? { storage: storage(data) } : {}),
      ...(wal ? { walStorage: storage(wal) } : {}),
    }),
  };
}

/** Of leaf certificates, never of a CA: the pods may read each of these Secrets, and that of a CA has its private key. cert-manager writes `ca.crt` beside a leaf. */
function certificates(plan: DatabasePlan): Record<string, string> | undefined {
  const server = certificateOf(plan, CertificateAlias.SERVER)?.secretName;
  const replication = certificateOf(plan, CertificateAlias.REPLICATION)?.secretName;
  if (server === undefined || replication === undefined) { return undefined; }
  return { serverTLSSecret: server, serverCASecret: server, replicationTLSSecret: replication, clientCASecret: plan.trustedClientCas.secretName ?? replication };
}

function postgresql(plan: DatabasePlan): Record<string, unknown> {
  const { access, identRows, parameters } = plan;
  // The operator's own first row covers the socket.
  const rows = access.filter(({ type }) => type !== 'local').map(printHbaRow);
  const closing = printHbaRow(CLOSING_ROW);
  const libraries = preloadedLibraries(parameters);
  return {
    parameters: Object.fromEntries(parameters.filter(([name]) => name.toLowerCase() !== LIBRARIES).map(([name, value]) => [name, valueOf(value)])),
    ...(libraries.length === 0 ? {} : { shared_preload_libraries: libraries }),
    pg_hba: rows.at(-1) === closing ? rows : [...rows, closing],
    ...(identRows.length === 0 ? {} : { pg_ident: identRows.map(printIdentRow) }),
    ...synchronous(plan),
  };
}

function valueOf(value: Parameter[1]): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** A commit waits for one replica, so that a failover loses none. With two instances the loss of one would stop all writes. */
function synchronous(plan: DatabasePlan): Record<string, unknown> {
  const { synchronous: isOn = plan.members >= 3 } = optionsOf(plan);
  return isOn ? { synchronous: { method: 'any', number: 1, dataDurability: 'required' } } : {};
}

/** The operator's own anti-affinity is only preferred unless it is asked for. */
function scheduling(plan: DatabasePlan): Record<string, unknown> {
  const { oneInstancePerNode = true } = optionsOf(plan);
  const { nodeSelector, tolerations, affinity, topologySpreadConstraints, priorityClassName, schedulerName, imagePullSecrets } = plan.pod?.spec ?? {};
  return {
    affinity: {
      enablePodAntiAffinity: true,
      topologyKey: 'kubernetes.io/hostname',
      podAntiAffinityType: oneInstancePerNode ? 'required' : 'preferred',
      nodeSelector,
      tolerations,
      nodeAffinity: affinity?.nodeAffinity,
      additionalPodAffinity: affinity?.podAffinity,
      additionalPodAntiAffinity: affinity?.podAntiAffinity,
    },
    topologySpreadConstraints,
    priorityClassName,
    schedulerName,
    imagePullSecrets,
  };
}

/** Labels and annotations of the pods; the operator gives them to every object that it makes. */
function inheritedMetadata({ pod }: DatabasePlan): Record<string, unknown> {
  const { labels, annotations } = pod ?? {};
  return labels === undefined && annotations === undefined ? {} : { inheritedMetadata: { labels, annotations } };
}

function storage({ size, storageClassName, accessMode }: ClaimPlan): Record<string, unknown> {
  const isDefault = accessMode === 'ReadWriteOnce';
  return { size: formatQuantity(size), storageClass: storageClassName, ...(isDefault ? {} : { pvcTemplate: { accessModes: [accessMode] } }) };
}
