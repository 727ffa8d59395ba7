import { Consequence } from '../engine/consequence';

/** An Issuer of another namespace, found in manifests (references.ts) or known to the construct that refers to it. */
export const FOREIGN_ISSUER = {
  code: 'PGTLS-A06',
  title: 'issuerRef names an Issuer in another namespace',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/controller/certificaterequests/sync.go, IssuerNotFound: an Issuer signs only for Certificates in its own namespace',
  fix: 'use an Issuer in the namespace of the Certificate, or a ClusterIssuer',
} as const;

export function foreignIssuer(name: string, issuerNamespace: string, namespace: string): string {
  return `issuerRef names Issuer '${name}', which is in namespace '${issuerNamespace}', but the Certificate is in namespace '${namespace}'`;
}
