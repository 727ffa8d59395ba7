import { solversOf } from './solvers';
import { exactlyOneError } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { ISSUER_WEBHOOK } from '../engine/sources';

export const acmeSolverTypeCount: Rule<TypedIssuer> = {
  id: 'acme-solver-type-count',
  code: 'PGTLS-I30',
  title: 'ACME solver without exactly one of http01 and dns01',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [ISSUER_WEBHOOK],
  check: ({ source }, report) => {
    for (const { field, solver } of solversOf(source)) {
      const fault = exactlyOneError(['http01', 'dns01'], solver);
      if (fault !== undefined) { report(`spec.${field}`, `${field} ${fault}`); }
    }
  },
  fix: 'set either http01 or dns01, and use a separate solver for the other one',
};
