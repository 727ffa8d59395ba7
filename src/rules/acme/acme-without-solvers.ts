import { mappings } from '../../data';
import type { TypedIssuer } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { certManagerFile } from '../engine/sources';

export const acmeWithoutSolvers: Rule<TypedIssuer> = {
  id: 'acme-without-solvers',
  code: 'PGTLS-I45',
  severity: Severity.WARNING,
  title: 'ACME issuer without solvers',
  consequence: Consequence.NEVER_READY,
  sources: [certManagerFile('pkg/controller/acmeorders/util.go', 'no configured challenge solvers can be used for this challenge')],
  check: ({ source }, report) => {
    if (mappings(source['solvers']).length === 0) {
      report('spec.acme.solvers', 'acme.solvers is empty: only names for which the account is already authorized can be issued');
    }
  },
  fix: 'add a solver with http01 or dns01',
};
