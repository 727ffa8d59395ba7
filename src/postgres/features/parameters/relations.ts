import { Rule } from '../../../rules';
import type { DatabaseContext } from '../../plan/database-context';
import { parametersContradictory } from './rules/parameters-contradictory';
import { synchronousStandbyMissing } from './rules/synchronous-standby-missing';
import { archiveCommandMissing } from './rules/archive-command-missing';
import { walLargerThanVolume } from './rules/wal-larger-than-volume';
import { sessionMemoryExceedsLimit } from './rules/session-memory-exceeds-limit';
import { parameterPreventsStart } from './rules/parameter-prevents-start';
import { parameterIgnored } from './rules/parameter-ignored';
import { parameterDependsOnImage } from './rules/parameter-depends-on-image';
import { parameterBreaksReloader } from './rules/parameter-breaks-reloader';
import { moduleParameterInvalid } from './rules/module-parameter-invalid';

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
