import { consentTable } from './consent-table';
import { WorkloadChange } from './workload-change';
import { claimShrinks } from './claim-shrinks';
import { statefulSetFieldImmutable } from './stateful-set-field-immutable';
import { storageBecomesEphemeral } from './storage-becomes-ephemeral';
import { storageBecomesDurable } from './storage-becomes-durable';
import { claimsDeletedWithDatabase } from './claims-deleted-with-database';
import { walMovesToVolume } from './wal-moves-to-volume';
import { walLosesVolume } from './wal-loses-volume';
import { dataSourceChanged } from './data-source-changed';
import { statefulSetRecreatedWithPod } from './stateful-set-recreated-with-pod';
import { dataDirectoryMoved } from './data-directory-moved';
import { claimOrNamespaceRemoved } from './claim-or-namespace-removed';

/** Rules for changes of volumes. They compare with the currently applied manifests, because a single synthesis does not show what exists. */
export const VOLUME_CHANGE_RULES = consentTable(WorkloadChange.of, [
  claimShrinks,
  statefulSetFieldImmutable,
  storageBecomesEphemeral,
  storageBecomesDurable,
  claimsDeletedWithDatabase,
  walMovesToVolume,
  walLosesVolume,
  dataSourceChanged,
  statefulSetRecreatedWithPod,
  dataDirectoryMoved,
  claimOrNamespaceRemoved,
]);
