import { valueAt } from '../../data';
import { displayName } from '../../kubernetes';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { InstanceTarget, EACH_ITS_OWN, replicasOf } from './instance-shared';

export const databaseReplicas: Rule<InstanceTarget> = {
  id: 'database-replicas',
  code: 'PGTLS-N04',
  title: 'replicas above 1 or ordinals.start above 0 on a database of this package',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: EACH_ITS_OWN,
  check: ({ at: object, isOurs }) => {
    const [replicas, start] = isOurs ? [replicasOf(object), Number(valueAt(object.spec, 'ordinals.start') ?? 0)] : [1, 0];
    return [
      ...when(replicas > 1, () => `${displayName(object)} has replicas ${replicas}: each pod has its own data directory, and each `
        + 'connection reaches one of these unrelated databases'),
      ...when(start !== 0, () => `${displayName(object)} has ordinals.start ${start}: its pod is '${object.name}-${start}' and has other `
        + `volume claims than '${object.name}-0'`),
    ];
  },
  fix: 'set replicas to 1 (0 stops the database) and ordinals.start to 0: this package runs one instance',
};
