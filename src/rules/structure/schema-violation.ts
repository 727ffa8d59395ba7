import { knowsAll, reportErrors } from './reported-errors';
import { SchemaErrorKind } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { certManagerFile } from '../engine/sources';

const ALWAYS = [SchemaErrorKind.MISSING, SchemaErrorKind.TYPE, SchemaErrorKind.FORM];

export const schemaViolation: Rule<ManifestTarget> = {
  id: 'schema-violation',
  code: 'PGTLS-A13',
  title: 'value rejected by the cert-manager schema',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [certManagerFile('deploy/crds/cert-manager.io_certificates.yaml'), certManagerFile('deploy/crds/cert-manager.io_issuers.yaml')],
  check: (target, report) => { reportErrors(target.at, knowsAll(target) ? [...ALWAYS, SchemaErrorKind.WORD] : ALWAYS, report); },
  fix: 'set a value that the schema allows; in YAML, quote numbers and booleans that are meant as strings',
};
