import { dataSourceIncomplete } from './rules/data-source-incomplete';
import { ephemeralStorageInvalid } from './rules/ephemeral-storage-invalid';
import { haltWithEphemeralStorage } from './rules/halt-with-ephemeral-storage';
import { sizeNotPositive } from './rules/size-not-positive';
import { storageInvalid } from './rules/storage-invalid';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for storage, and for the sizes of storage and memory. */
export const STORAGE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  sizeNotPositive,
  haltWithEphemeralStorage,
  dataSourceIncomplete,
  storageInvalid,
  ephemeralStorageInvalid,
];
