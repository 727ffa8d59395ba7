import { backupEndpointNotVerified } from './rules/backup-endpoint-not-verified';
import { backupOfEphemeralDatabase } from './rules/backup-of-ephemeral-database';
import { backupOptionInvalid } from './rules/backup-option-invalid';
import { backupWithoutTls } from './rules/backup-without-tls';
import { recoveryContradictory } from './rules/recovery-contradictory';
import { recoveryFromOwnRepository } from './rules/recovery-from-own-repository';
import { recoveryTargetInvalid } from './rules/recovery-target-invalid';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for backups and recoveries. */
export const BACKUP_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  backupWithoutTls,
  backupOfEphemeralDatabase,
  backupOptionInvalid,
  backupEndpointNotVerified,
  recoveryFromOwnRepository,
  recoveryTargetInvalid,
  recoveryContradictory,
];
