import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { TrustChangeTarget, TrustPair, concerned, describeCa } from './authority-change-shared';

export const caNotYetTrusted: Rule<TrustChangeTarget> = {
  id: 'ca-not-yet-trusted',
  code: 'PGTLS-E34',
  title: 'Certificate changes to a CA that peers do not trust yet',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'cert-manager re-issues at once when issuerRef changes (policies/checks.go); peers keep trusting the CA certificates that they have',
  check: ({ certificate, before, after, committed }) => when(
    before !== after && concerned(committed, before, after) && !(committed.some((trust) => trust.before.has(after)) && !skips(committed, before, after)),
    () => `${displayName(certificate.at)} changes from ${describeCa(before)} to ${describeCa(after)}, but no currently applied bundle contains the new CA together with the old one`),
  fix: 'add the new CA to the trust bundle first, commit and apply that, and issue certificates from it afterwards',
};

/** Whether a bundle with the old CA adds the new CA in the same step in which Certificates change to it. */
function skips(trusts: ReadonlyArray<TrustPair>, before: string, after: string): boolean {
  return trusts.some((trust) => trust.before.has(before) && !trust.before.has(after) && trust.after.has(after));
}
