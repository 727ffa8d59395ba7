import { areTogether } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule, RuleFacts } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

/** An Issuer of another namespace, found in manifests or known to the construct that refers to it. */
export const ISSUER_IN_OTHER_NAMESPACE: RuleFacts = {
  id: 'issuer-in-other-namespace',
  code: 'PGTLS-A06',
  title: 'issuerRef names an Issuer in another namespace',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/controller/certificaterequests/sync.go', 'IssuerNotFound: an Issuer signs only for Certificates in its own namespace')],
  fix: 'use an Issuer in the namespace of the Certificate, or a ClusterIssuer',
};

export const issuerInOtherNamespace: Rule<CertificateNode> = {
  ...ISSUER_IN_OTHER_NAMESPACE,
  check: ({ at, issuerRef: { name, kind, group }, manifests }, report) => {
    const { namespace } = at;
    if (group !== 'cert-manager.io' || kind !== 'Issuer' || manifests.findIssuer(kind, namespace, name)) { return; }
    // Another example or overlay may have an Issuer of the name.
    const others = manifests.issuersNamed(kind, name).filter((issuer) => areTogether(issuer.at, at)).map((issuer) => issuer.at.namespace);
    // What names no namespace may be applied to any.
    if (others.length === 0 || others.includes(undefined) || namespace === undefined) { return; }
    report('spec.issuerRef.name', issuerElsewhere(name, others[0]!, namespace));
  },
};

export function issuerElsewhere(name: string, issuerNamespace: string, namespace: string): string {
  return `issuerRef names Issuer '${name}', which is in namespace '${issuerNamespace}', but the Certificate is in namespace '${namespace}'`;
}
