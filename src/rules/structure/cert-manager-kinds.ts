import type { Manifest, Schema } from '../../kubernetes';
import { CERT_MANAGER_GROUP, CERTIFICATE_SPEC, ISSUER_SPEC } from '../../pki';

/** The schema of every kind of cert-manager's API that is checked. */
export const CERT_MANAGER_KINDS: Readonly<Record<string, Schema>> = {
  Certificate: manifestOf(CERTIFICATE_SPEC),
  ClusterIssuer: manifestOf(ISSUER_SPEC, ['spec']),
  Issuer: manifestOf(ISSUER_SPEC, ['spec']),
};

export function hasSchema({ group, version, kind }: Manifest): boolean {
  return group === CERT_MANAGER_GROUP && version === 'v1' && Object.hasOwn(CERT_MANAGER_KINDS, kind);
}

/** The API server validates metadata. The status is ignored on apply. */
function manifestOf(spec: Schema, required: string[] = []): Schema {
  return { type: 'object', required, properties: { apiVersion: {}, kind: {}, metadata: {}, spec, status: {} } };
}
