import { patchedConfiguration } from './rules/patched-configuration';
import { patchedObjectDisconnected } from './rules/patched-object-disconnected';
import { patchedServiceName } from './rules/patched-service-name';
import { patchedServiceWithoutPods } from './rules/patched-service-without-pods';
import { patchedStatefulSet } from './rules/patched-stateful-set';
import type { WrittenDatabase } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for the objects of a database as they are written: JSON patches can change everything. Those of an operator are checked by the rules for all manifests. */
export const WRITTEN_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [
  patchedConfiguration,
  patchedServiceWithoutPods,
  patchedStatefulSet,
  patchedServiceName,
  patchedObjectDisconnected,
].map((rule) => ({
  ...rule,
  check: (database, report) => {
    if (database.plan.availability.engine !== 'cloudnativepg') { rule.check(database, report); }
  },
}));
