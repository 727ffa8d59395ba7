import { podSecurityViolated } from './rules/pod-security-violated';
import { podTemplateInvalid } from './rules/pod-template-invalid';
import type { DatabaseContext } from '../../plan/database-context';
import type { OwnNames } from '../../plan/feature';
import type { Rule } from '../../../rules';

/** Rules for the pod template. */
export const podRules = ({ containers }: OwnNames): ReadonlyArray<Rule<DatabaseContext>> => [podTemplateInvalid(containers), podSecurityViolated];
