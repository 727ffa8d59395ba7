import { SchemaErrorKind } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { ManifestTarget } from '../engine/rule-table';
import { knowsAll, faults } from './structure-shared';

export const unknownField: Rule<ManifestTarget> = {
  id: 'unknown-field',
  code: 'PGTLS-A07',
  title: 'unknown field in a cert-manager object',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: "cert-manager's CRDs: kubectl rejects an unknown field; with a client that does not validate strictly the API server drops it silently",
  check: (target) => knowsAll(target) ? faults(target.at, [SchemaErrorKind.UNKNOWN_FIELD]) : [],
  fix: 'correct the spelling or remove the field; if a later release added it, set certManagerVersion',
};
