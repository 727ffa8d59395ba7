import { describeCa } from './describe-ca';
import { isInSomeBundle, type TrustChange } from './trust-change';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, rfc } from '../engine/sources';

export const caNotYetTrusted: Rule<TrustChange> = {
  id: 'ca-not-yet-trusted',
  code: 'PGTLS-E34',
  title: 'Certificate changes to a CA that peers do not trust yet',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    certManagerFile('internal/controller/certificates/policies/checks.go', 'a changed issuerRef leads to a new certificate at once'),
    rfc(5280, '6.1.1', 'a path begins at a trust anchor of the verifier'),
  ],
  check: (change, report) => {
    const { certificate, before, after } = change;
    if (before !== after && isInSomeBundle(change) && !isTrusted(change)) {
      report('spec.issuerRef', `${displayName(certificate.at)} changes from ${describeCa(before)} to ${describeCa(after)}, but no currently applied bundle contains the new CA together with the old one`);
    }
  },
  fix: 'add the new CA to the trust bundle first, commit and apply that, and issue certificates from it afterwards',
};

/** Whether a currently applied bundle contains the new CA, and no bundle with the old CA adds it only in the step in which Certificates change to it. */
function isTrusted({ committed, before, after }: TrustChange): boolean {
  return committed.some((trust) => trust.before.has(after))
    && !committed.some((trust) => trust.before.has(before) && !trust.before.has(after) && trust.after.has(after));
}
