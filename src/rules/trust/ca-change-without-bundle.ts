import { describeCa } from './describe-ca';
import { isInSomeBundle, type TrustChange } from './trust-change';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile, source } from '../engine/sources';

export const caChangeWithoutBundle: Rule<TrustChange> = {
  id: 'ca-change-without-bundle',
  code: 'PGTLS-E36',
  severity: Severity.WARNING,
  title: 'Certificate changes its CA and no bundle shows whether peers trust the new CA',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    certManagerFile('pkg/controller/certificates/issuing/internal/secret.go', 'ca.crt in a Secret is the CA certificate of the last issuance'),
    source('cert-manager website, Trusting certificates', 'https://cert-manager.io/docs/trust/'),
  ],
  check: (change, report) => {
    const { certificate, before, after } = change;
    if (before !== after && !isInSomeBundle(change)) {
      report('spec.issuerRef', `${displayName(certificate.at)} changes from ${describeCa(before)} to ${describeCa(after)}, but peers trust only the CA certificate in their own ca.crt`);
    }
  },
  fix: 'rotate the CA in stages (CaRotation), or acknowledge the warning if every peer trusts both CAs by other means',
  fixInYaml: 'add a Bundle of the old and the new CA and let every peer trust it before the change (docs/ca-rotation.md), or acknowledge the warning '
    + 'if every peer trusts both CAs by other means',
};
