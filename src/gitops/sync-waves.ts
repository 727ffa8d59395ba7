import { mapping } from '../data';
import { identity, type Manifest } from '../kubernetes';
import type { CertificateNode, IssuanceGraph, IssuerNode } from '../pki';
import { DATABASE_LABEL } from '../workloads';

/** What other objects are made in or from. */
const FOUNDATIONS = new Set(['CustomResourceDefinition', 'Namespace', 'PersistentVolume', 'PriorityClass', 'StorageClass']);

/** Who may do what, and where Secrets come from: a CertificateRequest that meets no policy is denied, and cert-manager retries after an hour. */
const PERMISSIONS = new Set([
  'CertificateRequestPolicy', 'ClusterRole', 'ClusterRoleBinding', 'ClusterSecretStore', 'Role', 'RoleBinding', 'SecretStore',
]);

/** Credentials of issuers, keys of CAs that are not in Git, and passwords. */
const SECRETS = new Set(['ExternalSecret', 'SealedSecret', 'Secret']);

const WORKLOADS = new Set(['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'StatefulSet']);

/** Waves relative to that of the databases. What an issuance chain needs lies between `SECRETS` and the databases. */
const WAVES = { foundations: -20, permissions: -19, secrets: -18, trust: -1, databases: 0, applications: 1 } as const;

/** The kinds whose `spec` decides about the wave. */
export function isInIssuance(group: string, kind: string): boolean {
  return group === 'cert-manager.io' && ['Certificate', 'ClusterIssuer', 'Issuer'].includes(kind);
}

/**
 * The sync wave of each object relative to that of the databases. Argo CD applies a wave after everything in the one before is healthy; Certificates and issuers
 * are when they are ready, and an issuer whose CA certificate is not there yet is degraded, which fails the sync.
 *
 * @param graph the Certificates and issuers that are applied together
 */
export function syncWavesOf(graph: IssuanceGraph): (object: Manifest) => number {
  const nodes = new Map([...graph.certificates, ...graph.issuers].map((node) => [identity(node.at), node]));
  const heights = new Map<string, number>();
  return (object) => {
    const { group, kind, manifest } = object;
    if (FOUNDATIONS.has(kind)) { return WAVES.foundations; }
    if (PERMISSIONS.has(kind)) { return WAVES.permissions; }
    if (SECRETS.has(kind)) { return WAVES.secrets; }
    if (isInIssuance(group, kind)) {
      // A patch may have renamed the object.
      const node = nodes.get(identity(object));
      return Math.max(node === undefined ? -1 : -heightOf(node, heights), WAVES.secrets + 1);
    }
    if (kind === 'Bundle' || kind === 'ClusterBundle') { return WAVES.trust; }
    if (!WORKLOADS.has(kind)) { return WAVES.databases; }
    return DATABASE_LABEL in mapping(mapping(manifest['metadata'])['labels']) ? WAVES.databases : WAVES.applications;
  };
}

/** How many waves there are from a Certificate or issuer to the databases; a leaf has one. A cycle, which a rule reports, is followed once. */
function heightOf(node: CertificateNode | IssuerNode, known: Map<string, number>): number {
  const name = identity(node.at);
  const height = known.get(name);
  if (height !== undefined) { return height; }
  known.set(name, 1);
  const found = 1 + Math.max(...nodesBelow(node).filter((below) => below !== node).map((below) => heightOf(below, known)), isCertificate(node) ? 0 : 1);
  known.set(name, found);
  return found;
}

function nodesBelow(node: CertificateNode | IssuerNode): ReadonlyArray<CertificateNode | IssuerNode> {
  return isCertificate(node) ? node.signsFor : node.manifests.certificatesOf(node);
}

function isCertificate(node: CertificateNode | IssuerNode): node is CertificateNode {
  return node.at.kind === 'Certificate';
}
