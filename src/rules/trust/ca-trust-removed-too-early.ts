import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { TrustChangeTarget, describeCa } from './authority-change-shared';

export const caTrustRemovedTooEarly: Rule<TrustChangeTarget> = {
  id: 'ca-trust-removed-too-early',
  code: 'PGTLS-E35',
  title: 'CA removed from a trust bundle while its certificates are in use',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'peers reject a certificate as soon as they do not trust its CA; the new certificate is issued after the bundle has changed',
  check: ({ certificate, before, committed }) => committed.filter((trust) => trust.before.has(before) && !trust.after.has(before))
    .map((trust) => `${trust.name} removes ${describeCa(before)}, which verifies the currently applied ${displayName(certificate.at)}`),
  fix: 'issue every certificate from the new CA first, commit and apply that, and remove the old CA afterwards',
};
