import { exactlyOneError, isGiven, text } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';
import { having } from './acme-issuer-shared';

export const acmeCloudflareCredentials: Rule<TypedIssuer> = {
  id: 'acme-cloudflare-credentials',
  code: 'PGTLS-I38',
  title: 'Cloudflare credentials missing, or of two kinds',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }) => having('dns01.cloudflare', source).flatMap(({ field, config }) => {
    const fault = exactlyOneError(['apiTokenSecretRef', 'apiKeySecretRef'], config);
    return [
      ...when(fault !== undefined, () => `${field} ${fault}`),
      ...when(fault === undefined && isGiven(config['apiKeySecretRef']) && text(config['email']) === '', () => `${field} has apiKeySecretRef but no email`),
    ];
  }),
  fix: 'set apiTokenSecretRef, or apiKeySecretRef with the email address of the account',
};
