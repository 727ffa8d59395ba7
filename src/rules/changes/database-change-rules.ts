import { consentTable } from './consent-table';
import { databaseMoved } from './database-moved';
import { databaseRemovals } from './database-removal';
import { databaseRemoved } from './database-removed';
import { databaseRenamed } from './database-renamed';
import { initializationChanged } from './initialization-changed';
import { majorVersionChanged } from './major-version-changed';
import { tlsRemoved } from './tls-removed';
import { WorkloadChange } from './workload-change';

/** Rules for currently applied databases that the app no longer contains under their name. */
export const DATABASE_REMOVAL_RULES = consentTable(databaseRemovals, [
  databaseRemoved,
  databaseRenamed,
  databaseMoved,
]);

/** Rules for changes of a database other than its volumes. */
export const DATABASE_CHANGE_RULES = consentTable(WorkloadChange.of, [
  tlsRemoved,
  initializationChanged,
  majorVersionChanged,
]);
