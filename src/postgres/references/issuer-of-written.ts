import type { Construct } from 'constructs';
import type { WrittenIssuer } from './written-postgres';
import { ClusterIssuer, IIssuer, Issuer } from '../../cert-manager';
import { CERT_MANAGER_GROUP } from '../../pki';

/** The issuer of client certificates, where the manifests show one. */
export function issuerOfWritten(scope: Construct, id: string, [only, ...others]: ReadonlyArray<WrittenIssuer>): IIssuer | undefined {
  if (only === undefined || others.length > 0) { return undefined; }
  const { group, kind, name, namespace, providesCaCertificate } = only;
  if (namespace !== undefined) { return Issuer.fromIssuerName(scope, id, name, { namespace, providesCaCertificate }); }
  if (group === CERT_MANAGER_GROUP) { return ClusterIssuer.fromClusterIssuerName(scope, id, name, { providesCaCertificate }); }
  return Issuer.fromExternalIssuer(scope, id, { group, kind, name, providesCaCertificate });
}
