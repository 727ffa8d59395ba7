import { podHostNameUnresolvable } from './pod-host-name-unresolvable';
import { portNameDuplicate } from './port-name-duplicate';
import { secretOrConfigMapInOtherNamespace } from './secret-or-config-map-in-other-namespace';
import { secretOrConfigMapKeyMissing } from './secret-or-config-map-key-missing';
import { selectorWithoutLabels } from './selector-without-labels';
import { sharedScriptsMissing } from './shared-scripts-missing';
import { uidLeftToPlatform } from './uid-left-to-platform';
import { volumeMountWithoutVolume } from './volume-mount-without-volume';
import { podsOf } from '../../workloads';
import { ruleTable } from '../engine/rule-table';

/** Rules for workloads as they are written, with patches applied, of this package and others. */
export const WRITTEN_RULES = ruleTable(podsOf, [
  volumeMountWithoutVolume,
  portNameDuplicate,
  selectorWithoutLabels,
  uidLeftToPlatform,
  podHostNameUnresolvable,
  secretOrConfigMapInOtherNamespace,
  secretOrConfigMapKeyMissing,
  sharedScriptsMissing,
]);
