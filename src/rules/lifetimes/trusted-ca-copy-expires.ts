import { lateCopy } from './late-copy';
import { formatMilliseconds } from '../../formats';
import { displayName } from '../../kubernetes';
import type { CertificateNode } from '../../pki';
import { trustersOf } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const trustedCaCopyExpires: Rule<CertificateNode> = {
  id: 'trusted-ca-copy-expires',
  code: 'PGTLS-D15',
  title: 'trusted ca.crt copy of a root CA expires before it is replaced',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    certManagerFile('pkg/controller/certificates/issuing/internal/secret.go', 'ca.crt is written when its Certificate is issued, not when the root is renewed'),
  ],
  check: (certificate, report) => {
    const late = lateCopy(certificate);
    if (late === undefined) { return; }
    const { root, age } = late;
    report('spec.duration', `ca.crt in Secret '${certificate.secretName}' can be ${formatMilliseconds(age)} older than its root CA certificate, ${displayName(root.at)}, `
      + `which is renewed ${formatMilliseconds(root.renewBefore)} before it expires; trusted by ${enumerated(trustersOf(certificate))}`);
  },
  fix: 'increase the renewBefore of the root CA beyond the time between two renewals of the certificates that carry ca.crt, or distribute the root CA certificate in a TrustBundle',
  fixInYaml: 'increase the renewBefore of the root CA beyond the time between two renewals of the certificates that carry ca.crt, or distribute the '
    + 'root CA certificate in a Bundle',
};

function enumerated(names: ReadonlyArray<string>): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
