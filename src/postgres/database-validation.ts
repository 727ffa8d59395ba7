import type { DatabaseContext } from './plan/database-context';
import { chartWithoutNamespace } from './rules/chart-without-namespace';
import { databaseNameInvalid } from './rules/database-name-invalid';
import { imageInvalid } from './rules/image-invalid';
import { labelOrAnnotationInvalid } from './rules/label-or-annotation-invalid';
import { majorVersionUnsupported } from './rules/major-version-unsupported';
import { metadataReserved } from './rules/metadata-reserved';
import { resourceRequestAboveLimit } from './rules/resource-request-above-limit';
import { sharedScriptsElsewhere } from './rules/shared-scripts-elsewhere';
import type { Rule } from '../rules';

/** Rules for name, namespace and version, and for values that several features have: images, resources, labels. */
export const DATABASE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  chartWithoutNamespace,
  majorVersionUnsupported,
  databaseNameInvalid,
  imageInvalid,
  resourceRequestAboveLimit,
  labelOrAnnotationInvalid,
  metadataReserved,
  sharedScriptsElsewhere,
];
