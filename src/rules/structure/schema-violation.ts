import { SchemaErrorKind } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { ManifestTarget } from '../engine/rule-table';
import { knowsAll, faults } from './structure-shared';

export const schemaViolation: Rule<ManifestTarget> = {
  id: 'schema-violation',
  code: 'PGTLS-A13',
  title: 'value rejected by the cert-manager schema',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: "cert-manager's CRDs",
  check: (target) => faults(target.at, [SchemaErrorKind.MISSING, SchemaErrorKind.TYPE, SchemaErrorKind.FORM, ...(knowsAll(target) ? [SchemaErrorKind.WORD] : [])]),
  fix: 'set a value that the schema allows; in YAML, quote numbers and booleans that are meant as strings',
};
