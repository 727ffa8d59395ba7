import { EACH_ITS_OWN, type InstanceTarget, maximumField, mostOf } from './instance-target';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';

export const databaseAutoscaler: Rule<InstanceTarget> = {
  id: 'database-autoscaler',
  code: 'PGTLS-N05',
  title: 'autoscaler on a database of this package',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [EACH_ITS_OWN],
  check: ({ at, isOurs, scalers }, report) => {
    for (const scaler of isOurs ? scalers : []) {
      report({ at: scaler, field: maximumField(scaler) }, `${displayName(scaler)} scales ${displayName(at)} to ${mostOf(scaler)}: each additional pod has its own data directory`);
    }
  },
  fix: 'remove the autoscaler, or limit it to 1 replica; a VerticalPodAutoscaler can size the single pod',
};
