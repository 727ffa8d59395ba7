import { apiVersionNotServed } from './api-version-not-served';
import { newerThanCertManager } from './newer-than-cert-manager';
import { schemaViolation } from './schema-violation';
import { unknownField } from './unknown-field';
import { CERT_MANAGER_GROUP } from '../../pki';
import { objectsOf, ruleTable } from '../engine/rule-table';

/** Rules about the structure of cert-manager objects: fields, types, enum values, and the release that added them. */
export const STRUCTURE_RULES = ruleTable((manifests) => objectsOf(manifests).filter(({ at: { group } }) => group === CERT_MANAGER_GROUP), [
  unknownField,
  schemaViolation,
  apiVersionNotServed,
  newerThanCertManager,
]);
