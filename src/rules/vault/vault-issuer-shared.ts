import { givenOf, mapping, text } from '../../data';
import { TypedIssuer } from '../../pki';

/** In the order in which cert-manager tries them. */
export const METHODS = ['tokenSecretRef', 'appRole', 'clientCertificate', 'kubernetes', 'aws'];

export const MOUNT_PATHS = ['auth.clientCertificate.mountPath', 'auth.kubernetes.mountPath', 'auth.aws.mountPath'];

export function methods(source: TypedIssuer['source']): string[] {
  return givenOf(METHODS, mapping(source['auth']));
}

export function isPlain(server: unknown): boolean {
  return /^http:\/\//i.test(text(server));
}
