import type { DatabaseContext } from '../../plan/database-context';
import { Rule } from '../../../rules';
import { sizeNotPositive } from './rules/size-not-positive';
import { haltWithEphemeralStorage } from './rules/halt-with-ephemeral-storage';
import { dataSourceIncomplete } from './rules/data-source-incomplete';
import { storageInvalid } from './rules/storage-invalid';
import { ephemeralStorageInvalid } from './rules/ephemeral-storage-invalid';

/** Rules for storage, and for the sizes of storage and memory. */
export const STORAGE_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  sizeNotPositive,
  haltWithEphemeralStorage,
  dataSourceIncomplete,
  storageInvalid,
  ephemeralStorageInvalid,
];
