import { backupRepositoryShared } from './backup-repository-shared';
import { backupServerOpen } from './backup-server-open';
import { documentWithoutKind } from './document-without-kind';
import { fileCollisions } from './file-collisions';
import { objectDuplicate } from './object-duplicate';
import { objectNameInvalid } from './object-name-invalid';
import { outputFileDuplicate } from './output-file-duplicate';
import { sharedScriptsEdited } from './shared-scripts-edited';
import { objectsOf, ruleTable } from '../engine/rule-table';

/** Rules about every object, from any source. */
export const OBJECT_RULES = ruleTable(objectsOf, [
  objectNameInvalid,
  objectDuplicate,
  documentWithoutKind,
  sharedScriptsEdited,
  backupRepositoryShared,
  backupServerOpen,
]);

/** Rules about the output files of a synthesis. */
export const OUTPUT_RULES = ruleTable(fileCollisions, [
  outputFileDuplicate,
]);
