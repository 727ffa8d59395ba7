import { knowsAll, reportErrors } from './reported-errors';
import { SchemaErrorKind } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { certManagerFile, kubernetesPage } from '../engine/sources';

export const unknownField: Rule<ManifestTarget> = {
  id: 'unknown-field',
  code: 'PGTLS-A07',
  title: 'unknown field in a cert-manager object',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    certManagerFile('deploy/crds/cert-manager.io_certificates.yaml'),
    certManagerFile('deploy/crds/cert-manager.io_issuers.yaml'),
    kubernetesPage('reference/using-api/api-concepts/#field-validation', 'field validation', 'with a client that does not validate strictly the API server drops the field silently'),
  ],
  check: (target, report) => {
    if (knowsAll(target)) { reportErrors(target.at, [SchemaErrorKind.UNKNOWN_FIELD], report); }
  },
  fix: 'correct the spelling or remove the field; if a later release added it, set certManagerVersion',
  fixInYaml: 'correct the spelling or remove the field; if a later release added it, set certManagerVersion in cdk8s-postgres-tls.yaml',
};
