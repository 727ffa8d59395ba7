import type { DatabaseContext } from './plan/database-context';
import { Rule } from '../rules';
import { chartWithoutNamespace } from './rules/chart-without-namespace';
import { majorVersionUnsupported } from './rules/major-version-unsupported';
import { databaseNameInvalid } from './rules/database-name-invalid';
import { imageInvalid } from './rules/image-invalid';
import { resourceRequestAboveLimit } from './rules/resource-request-above-limit';
import { labelOrAnnotationInvalid } from './rules/label-or-annotation-invalid';
import { metadataReserved } from './rules/metadata-reserved';

/** Rules for name, namespace and version, and for values that several features have: images, resources, labels. */
export const DATABASE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  chartWithoutNamespace,
  majorVersionUnsupported,
  databaseNameInvalid,
  imageInvalid,
  resourceRequestAboveLimit,
  labelOrAnnotationInvalid,
  metadataReserved,
];
