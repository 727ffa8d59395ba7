import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const issuerKindMismatch: Rule<CertificateNode> = {
  id: 'issuer-kind-mismatch',
  code: 'PGTLS-A17',
  severity: Severity.WARNING,
  title: 'issuerRef kind differs from the kind of the issuer with that name',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/controller/certificaterequests/sync.go', 'IssuerNotFound; the default kind is Issuer')],
  check: ({ at, issuerRef: { name, kind, group }, manifests }, report) => {
    if (group !== 'cert-manager.io' || (kind !== 'Issuer' && kind !== 'ClusterIssuer') || manifests.issuersNamed(kind, name).length > 0) { return; }
    const other = kind === 'Issuer' ? manifests.findIssuer('ClusterIssuer', undefined, name) : manifests.findIssuer('Issuer', at.namespace, name);
    if (other !== undefined) { report('spec.issuerRef.kind', `issuerRef names ${kind} '${name}', but the app declares only ${displayName(other.at)}`); }
  },
  fix: 'set issuerRef.kind, or acknowledge the warning if another app declares the issuer',
};
