import { cloudNativePgOptionInvalid } from './rules/cloud-native-pg-option-invalid';
import { cloudNativePgUnsupported } from './rules/cloud-native-pg-unsupported';
import { failoverMayLoseCommits } from './rules/failover-may-lose-commits';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for a database that CloudNativePG runs. */
export const CLOUD_NATIVE_PG_RULES: ReadonlyArray<Rule<DatabaseContext>> = [cloudNativePgUnsupported, cloudNativePgOptionInvalid, failoverMayLoseCommits];
