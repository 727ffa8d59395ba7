import { mappings } from '../../data';
import { TypedIssuer } from '../../pki';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';

export const acmeWithoutSolvers: Rule<TypedIssuer> = {
  id: 'acme-without-solvers',
  code: 'PGTLS-I45',
  severity: Severity.WARNING,
  title: 'ACME issuer without solvers',
  consequence: Consequence.NEVER_READY,
  source: 'cert-manager pkg/controller/acmeorders/util.go: "no configured challenge solvers can be used for this challenge"',
  check: ({ source }) => when(mappings(source['solvers']).length === 0, () => 'acme.solvers is empty: only names for which the account is already authorized can be issued'),
  fix: 'add a solver with http01 or dns01',
};
