import { missingParts } from './secret-ref-field';
import { type IssuerNode, issuerSecrets } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const issuerSecretRefIncomplete: Rule<IssuerNode> = {
  id: 'issuer-secret-ref-incomplete',
  code: 'PGTLS-I02',
  title: 'Secret reference without a required name or key',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: (issuer, report) => {
    for (const secret of issuerSecrets(issuer)) {
      const missing = missingParts(secret, secret.refused);
      if (missing !== undefined) { report(missing.field, missing.problem); }
    }
  },
  fix: 'set the name of the Secret and the key in it',
};
