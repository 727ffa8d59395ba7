import { displayName } from '../../kubernetes';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { TrustChangeTarget, concerned, describeCa } from './authority-change-shared';

export const caChangeWithoutBundle: Rule<TrustChangeTarget> = {
  id: 'ca-change-without-bundle',
  code: 'PGTLS-E36',
  severity: Severity.WARNING,
  title: 'Certificate changes its CA and no bundle shows whether peers trust the new CA',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'ca.crt in the Secret of a peer still contains the old CA certificate',
  check: ({ certificate, before, after, committed }) => when(before !== after && !concerned(committed, before, after),
    () => `${displayName(certificate.at)} changes from ${describeCa(before)} to ${describeCa(after)}, but peers trust only the CA certificate in their own ca.crt`),
  fix: 'rotate the CA in stages (CaRotation), or acknowledge the warning if every peer trusts both CAs by other means',
};
