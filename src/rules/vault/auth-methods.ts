import { givenOf, mapping } from '../../data';
import type { TypedIssuer } from '../../pki';

/** In the order in which cert-manager tries them. */
export const AUTH_METHODS = ['tokenSecretRef', 'appRole', 'clientCertificate', 'kubernetes', 'aws'];

export const MOUNT_PATHS = ['auth.clientCertificate.mountPath', 'auth.kubernetes.mountPath', 'auth.aws.mountPath'];

export function authMethodsOf(source: TypedIssuer['source']): string[] {
  return givenOf(AUTH_METHODS, mapping(source['auth']));
}
