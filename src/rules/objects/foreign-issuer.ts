import { Consequence } from '../engine/rule';

/** An Issuer of another namespace, found in manifests (references.ts) or known to the construct that refers to it. */
export const FOREIGN_ISSUER = {
  code: 'PGTLS-A06',
  title: 'an Issuer of another namespace',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/controller/certificaterequests/sync.go, IssuerNotFound: an Issuer serves its own namespace',
  fix: 'an Issuer serves its own namespace: use one there, or a ClusterIssuer',
} as const;

export function foreignIssuer(name: string, issuerNamespace: string, namespace: string): string {
  return `issuerRef names Issuer '${name}', which is in namespace '${issuerNamespace}', and the Certificate is in namespace '${namespace}'`;
}
