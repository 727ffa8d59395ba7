import { text } from '../../data';
import { parseGoDuration } from '../../formats';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK, source } from '../engine/sources';
import { solvers } from './acme-issuer-shared';

export const acmeWaitDurationInvalid: Rule<TypedIssuer> = {
  id: 'acme-wait-duration-invalid',
  code: 'PGTLS-I35',
  title: 'invalid waitInsteadOfSelfCheck duration',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK, source('Go time.ParseDuration')],
  check: ({ source }) => solvers(source).flatMap(({ field, solver: { waitInsteadOfSelfCheck: wait } }) => {
    const ms = parseGoDuration(wait);
    return when(typeof wait === 'string' && (ms === undefined || ms < 0), () =>
      `${field}.waitInsteadOfSelfCheck '${text(wait)}' ${ms === undefined ? 'is not a Go duration' : 'is negative'}`);
  }),
  fix: 'set a duration such as 30s or 2m',
};
