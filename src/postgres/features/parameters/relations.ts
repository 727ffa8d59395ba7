import { archiveCommandMissing } from './rules/archive-command-missing';
import { moduleParameterInvalid } from './rules/module-parameter-invalid';
import { parameterBreaksReloader } from './rules/parameter-breaks-reloader';
import { parameterDependsOnImage } from './rules/parameter-depends-on-image';
import { parameterIgnored } from './rules/parameter-ignored';
import { parameterPreventsStart } from './rules/parameter-prevents-start';
import { parametersContradictory } from './rules/parameters-contradictory';
import { sessionMemoryExceedsLimit } from './rules/session-memory-exceeds-limit';
import { synchronousStandbyMissing } from './rules/synchronous-standby-missing';
import { walLargerThanVolume } from './rules/wal-larger-than-volume';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for server parameters in relation to each other, the pod and its volumes. */
export const PARAMETER_RELATION_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  parametersContradictory,
  synchronousStandbyMissing,
  archiveCommandMissing,
  walLargerThanVolume,
  sessionMemoryExceedsLimit,
  parameterPreventsStart,
  parameterIgnored,
  parameterDependsOnImage,
  parameterBreaksReloader,
  moduleParameterInvalid,
];
