import { displayName } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const issuerKindMismatch: Rule<CertificateNode> = {
  id: 'issuer-kind-mismatch',
  code: 'PGTLS-A17',
  severity: Severity.WARNING,
  title: 'issuerRef kind differs from the kind of the issuer with that name',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/controller/certificaterequests/sync.go, IssuerNotFound; the default kind is Issuer',
  check: ({ at, issuerRef: { name, kind, group }, manifests }) => {
    if (group !== 'cert-manager.io' || manifests.issuersNamed(kind, name).length > 0) { return []; }
    const other = kind === 'Issuer' ? manifests.findIssuer('ClusterIssuer', undefined, name) : manifests.findIssuer('Issuer', at.namespace, name);
    return when(other !== undefined && (kind === 'Issuer' || kind === 'ClusterIssuer'),
      () => `issuerRef names ${kind} '${name}', but the app declares only ${displayName(other!.at)}`);
  },
  fix: 'set issuerRef.kind, or acknowledge the warning if another app declares the issuer',
};
