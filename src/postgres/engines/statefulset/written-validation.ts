import type { WrittenDatabase } from '../../plan/database-context';
import { Rule } from '../../../rules';
import { patchedConfiguration } from './rules/patched-configuration';
import { patchedServiceWithoutPods } from './rules/patched-service-without-pods';
import { patchedStatefulSet } from './rules/patched-stateful-set';
import { patchedServiceName } from './rules/patched-service-name';
import { patchedObjectDisconnected } from './rules/patched-object-disconnected';

/** Rules for the objects of a database as they are written: JSON patches can change everything. */
export const WRITTEN_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [
  patchedConfiguration,
  patchedServiceWithoutPods,
  patchedStatefulSet,
  patchedServiceName,
  patchedObjectDisconnected,
];
