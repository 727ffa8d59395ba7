import { describeCa } from './describe-ca';
import type { TrustChange } from './trust-change';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { rfc, source } from '../engine/sources';

export const caTrustRemovedTooEarly: Rule<TrustChange> = {
  id: 'ca-trust-removed-too-early',
  code: 'PGTLS-E35',
  title: 'CA removed from a trust bundle while its certificates are in use',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    rfc(5280, '6.1.1', 'a path begins at a trust anchor of the verifier'),
    source('cert-manager website, Trusting certificates: the old and the new CA certificate are trusted at the same time', 'https://cert-manager.io/docs/trust/'),
  ],
  check: ({ certificate, before, committed }, report) => {
    for (const trust of committed.filter((pair) => pair.before.has(before) && !pair.after.has(before))) {
      // The field that changed is one of the bundle.
      report('', `${trust.name} removes ${describeCa(before)}, which verifies the currently applied ${displayName(certificate.at)}`);
    }
  },
  fix: 'issue every certificate from the new CA first, commit and apply that, and remove the old CA afterwards',
};
