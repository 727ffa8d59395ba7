import type { ChangeTarget } from './consent-table';
import type { CertificateNode } from '../../pki';
import type { RuleContext } from '../engine/rule-context';
import { certManagerFile } from '../engine/sources';

/** The Certificate of a CA whose certificates are in use: currently applied, and in the new manifests. */
export interface CaChange extends ChangeTarget {
  readonly before: CertificateNode;
  readonly after: CertificateNode;
  /** A Certificate below it. */
  readonly leaf: CertificateNode;
  readonly manifests: RuleContext;
}

/** cert-manager compares a Certificate with its own Secret, not with the Secret of its CA. */
export const CA_NOT_COMPARED = certManagerFile('internal/controller/certificates/policies/checks.go', 'certificates are not re-issued when their CA changes');

/**
 * Whether peers trust the certificate directly: an intermediate is sent along with the leaf, and peers trust its root. A CA whose issuer is
 * not in the app may be a root.
 */
export function isRoot({ issuer, signsItself }: CertificateNode): boolean {
  return issuer === undefined || signsItself;
}
