import { podsOf } from '../../workloads';
import { ruleTable } from '../engine/rule-table';
import { temporaryCertificate } from './temporary-certificate';
import { secretKeyNotWritten } from './secret-key-not-written';
import { csiVolumeAttributesInvalid } from './csi-volume-attributes-invalid';
import { caCertificateAsLeaf } from './ca-certificate-as-leaf';
import { caKeyMounted } from './ca-key-mounted';
import { keyFileReadableByOthers } from './key-file-readable-by-others';
import { tlsFileNotReadable } from './tls-file-not-readable';
import { renewalNotVisible } from './renewal-not-visible';
import { tlsVolumeOptional } from './tls-volume-optional';
import { serverNotReloaded } from './server-not-reloaded';
import { mountPathDuplicate } from './mount-path-duplicate';
import { serverKeyInOtherPod } from './server-key-in-other-pod';

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
