import type { DatabaseContext } from '../plan/database-context';
import { Consequence, kubernetesPage, type Rule } from '../../rules';

export const sharedScriptsElsewhere: Rule<DatabaseContext> = {
  id: 'shared-scripts-elsewhere',
  code: 'PGTLS-P146',
  title: 'shared scripts in another namespace',
  consequence: Consequence.NEVER_READY,
  sources: [kubernetesPage('concepts/configuration/configmap/', 'ConfigMaps', 'a pod mounts only ConfigMaps of its own namespace')],
  check: ({ plan: { namespace, scripts } }, report) => {
    if (scripts !== undefined && scripts.namespace !== namespace) {
      const where = scripts.namespace === '' ? 'in a chart without a namespace' : `in namespace '${scripts.namespace}'`;
      report('scripts', `scripts is ConfigMap '${scripts.configMapName}' ${where}, but the database is in '${namespace}'`);
    }
  },
  fix: 'use a PostgresScripts of a chart with the namespace of the database; each namespace needs one',
};
