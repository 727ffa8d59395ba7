import { caCertificateAsLeaf } from './ca-certificate-as-leaf';
import { caKeyMounted } from './ca-key-mounted';
import { csiVolumeAttributesInvalid } from './csi-volume-attributes-invalid';
import { keyFileReadableByOthers } from './key-file-readable-by-others';
import { mountPathDuplicate } from './mount-path-duplicate';
import { renewalNotVisible } from './renewal-not-visible';
import { secretKeyNotWritten } from './secret-key-not-written';
import { serverKeyInOtherPod } from './server-key-in-other-pod';
import { serverNotReloaded } from './server-not-reloaded';
import { temporaryCertificate } from './temporary-certificate';
import { tlsFileNotReadable } from './tls-file-not-readable';
import { tlsVolumeOptional } from './tls-volume-optional';
import { podsOf } from '../../workloads';
import { ruleTable } from '../engine/rule-table';

/** Rules for certificates that pods mount. */
export const MOUNT_RULES = ruleTable(podsOf, [
  temporaryCertificate,
  secretKeyNotWritten,
  csiVolumeAttributesInvalid,
  caCertificateAsLeaf,
  caKeyMounted,
  keyFileReadableByOthers,
  tlsFileNotReadable,
  renewalNotVisible,
  tlsVolumeOptional,
  serverNotReloaded,
  mountPathDuplicate,
  serverKeyInOtherPod,
]);
