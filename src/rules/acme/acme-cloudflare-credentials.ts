import { solverParts } from './solvers';
import { exactlyOneError, isGiven, text } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const acmeCloudflareCredentials: Rule<TypedIssuer> = {
  id: 'acme-cloudflare-credentials',
  code: 'PGTLS-I38',
  title: 'Cloudflare credentials missing, or of two kinds',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    for (const { field, config } of solverParts('dns01.cloudflare', source)) {
      const fault = exactlyOneError(['apiTokenSecretRef', 'apiKeySecretRef'], config);
      if (fault !== undefined) {
        report(`spec.${field}`, `${field} ${fault}`);
      } else if (isGiven(config['apiKeySecretRef']) && text(config['email']) === '') {
        report(`spec.${field}.email`, `${field} has apiKeySecretRef but no email`);
      }
    }
  },
  fix: 'set apiTokenSecretRef, or apiKeySecretRef with the email address of the account',
};
