import { accessRuleBeyondDeclarations } from './rules/access-rule-beyond-declarations';
import { clientWithoutTls } from './rules/client-without-tls';
import { declarationContradictory } from './rules/declaration-contradictory';
import { declarationOptionInvalid } from './rules/declaration-option-invalid';
import { declaredNameInvalid } from './rules/declared-name-invalid';
import { declaredReferenceMissing } from './rules/declared-reference-missing';
import { removalIncomplete } from './rules/removal-incomplete';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for declared databases, roles and clients. */
export const CLIENT_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  declaredNameInvalid,
  declarationContradictory,
  declaredReferenceMissing,
  removalIncomplete,
  clientWithoutTls,
  declarationOptionInvalid,
  accessRuleBeyondDeclarations,
];
