import type { PolicyIndex } from './policy-index';
import type { Located } from '../../kubernetes';
import type { CertificateNode } from '../../pki';

/** A Certificate, where policies decide on requests to its issuer. */
export interface ApprovalTarget extends Located {
  readonly certificate: CertificateNode;
  readonly policies: PolicyIndex;
}
