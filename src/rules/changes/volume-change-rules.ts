import { claimOrNamespaceRemoved } from './claim-or-namespace-removed';
import { claimShrinks } from './claim-shrinks';
import { claimsDeletedWithDatabase } from './claims-deleted-with-database';
import { consentTable } from './consent-table';
import { dataDirectoryMoved } from './data-directory-moved';
import { dataSourceChanged } from './data-source-changed';
import { statefulSetFieldImmutable } from './stateful-set-field-immutable';
import { statefulSetRecreatedWithPod } from './stateful-set-recreated-with-pod';
import { storageBecomesDurable } from './storage-becomes-durable';
import { storageBecomesEphemeral } from './storage-becomes-ephemeral';
import { walLosesVolume } from './wal-loses-volume';
import { walMovesToVolume } from './wal-moves-to-volume';
import { WorkloadChange } from './workload-change';

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
