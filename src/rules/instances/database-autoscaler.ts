import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { InstanceTarget, EACH_ITS_OWN, mostOf } from './instance-shared';

export const databaseAutoscaler: Rule<InstanceTarget> = {
  id: 'database-autoscaler',
  code: 'PGTLS-N05',
  title: 'autoscaler on a database of this package',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: EACH_ITS_OWN,
  check: ({ at: object, isOurs, scalers }) => (isOurs ? scalers : []).map((scaler) => `${displayName(scaler)} scales ${displayName(object)} to `
    + `${mostOf(scaler)}: each additional pod has its own data directory`),
  fix: 'remove the autoscaler, or limit it to 1 replica; a VerticalPodAutoscaler can size the single pod',
};
