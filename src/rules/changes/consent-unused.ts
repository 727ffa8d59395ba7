import type { ChangeConsent } from './change-consent';
import type { Located } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import type { RuleContext } from '../engine/rule-context';
import { source } from '../engine/sources';

/** A consent that matches no change. */
export interface ConsentTarget extends Located {
  readonly consent: ChangeConsent;
  readonly manifests: RuleContext;
}

export const consentUnused: Rule<ConsentTarget> = {
  id: 'consent-unused',
  code: 'PGTLS-S29',
  severity: Severity.WARNING,
  title: 'ChangeConsent matches no change',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source('this package: a consent that stays in the code would allow the same change a second time')],
  check: ({ consent, manifests }, report) => {
    report(`consents[${manifests.consents.indexOf(consent)}]`, `${consent.toString()} (${consent.reason}) matches no `
      + `change${manifests.committed === undefined ? ': committed is not given, so no manifests are compared' : ''}`);
  },
  fix: 'remove the consent if the change is already applied; otherwise correct namespace and name',
};
