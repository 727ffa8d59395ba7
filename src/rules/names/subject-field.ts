import { isFilled } from './is-filled';
import type { CertificateNode } from '../../pki';

/** The field that gives a Certificate its common name, or its subject where it has no common name. */
export function subjectField({ spec }: CertificateNode): string {
  if (isFilled(spec['literalSubject'])) { return 'spec.literalSubject'; }
  return isFilled(spec['commonName']) ? 'spec.commonName' : 'spec.subject';
}
