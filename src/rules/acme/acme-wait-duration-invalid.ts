import { solversOf } from './solvers';
import { parseGoDuration } from '../../formats';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { certManagerFile, ISSUER_WEBHOOK } from '../engine/sources';

export const acmeWaitDurationInvalid: Rule<TypedIssuer> = {
  id: 'acme-wait-duration-invalid',
  code: 'PGTLS-I35',
  title: 'invalid waitInsteadOfSelfCheck duration',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK, certManagerFile('pkg/apis/acme/v1/types_issuer.go', 'units of Go time.ParseDuration')],
  check: ({ source }, report) => {
    for (const { field, solver: { waitInsteadOfSelfCheck: wait } } of solversOf(source)) {
      const ms = parseGoDuration(wait);
      if (typeof wait === 'string' && (ms === undefined || ms < 0)) {
        report(`spec.${field}.waitInsteadOfSelfCheck`, `${field}.waitInsteadOfSelfCheck '${wait}' ${ms === undefined ? 'is not a Go duration' : 'is negative'}`);
      }
    }
  },
  fix: 'set a duration such as 30s or 2m',
};
