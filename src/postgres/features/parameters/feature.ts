import { operationParameters } from './operation-parameters';
import { PARAMETER_RELATION_RULES } from './relations';
import { PARAMETER_RULES } from './validation';
import type { Feature } from '../../plan/feature';
import { PARAMETER_RANK } from '../../plan/rank';

/** The user's own server parameters, sorted, and what keeps a database operable: `parameters`. */
export const parameters: Feature = {
  name: 'parameters',
  resolve: ({ parameters: own = {} }) => ({
    parameters: Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1)).map((parameter) => ({ parameter, rank: PARAMETER_RANK.GIVEN, isGiven: true })),
  }),
  complete: (_, plan) => ({
    parameters: operationParameters(plan).map((parameter) => ({ parameter, rank: PARAMETER_RANK.OPERATION, isDefault: true })),
  }),
  rules: () => [...PARAMETER_RULES, ...PARAMETER_RELATION_RULES],
};
