import { exactlyOneError } from '../../data';
import { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';
import { solvers } from './acme-issuer-shared';

export const acmeSolverTypeCount: Rule<TypedIssuer> = {
  id: 'acme-solver-type-count',
  code: 'PGTLS-I30',
  title: 'ACME solver without exactly one of http01 and dns01',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }) => solvers(source).flatMap(({ field, solver }) => {
    const fault = exactlyOneError(['http01', 'dns01'], solver);
    return when(fault !== undefined, () => `${field} ${fault}`);
  }),
  fix: 'set either http01 or dns01, and use a separate solver for the other one',
};
