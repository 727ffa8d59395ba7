import type { DatabaseContext } from '../plan/database-context';
import { NAME_BUDGET } from '../plan/names';
import { serviceNameError, serviceNameLike } from '../../formats';
import { Consequence, kubernetesFile, type Rule } from '../../rules';

export const databaseNameInvalid: Rule<DatabaseContext> = {
  id: 'database-name-invalid',
  code: 'PGTLS-P10',
  title: 'name not valid for Services or pods',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    kubernetesFile('staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go', 'IsDNS1035Label'),
    kubernetesFile('pkg/controller/history/controller_history.go', 'ControllerRevisionName: the label controller-revision-hash is eleven characters longer than the name'),
  ],
  check: ({ plan }, report) => {
    const fault = serviceNameError(plan.name, NAME_BUDGET);
    if (fault !== undefined) { report('metadata.name', `name '${plan.name}' ${fault}; '${serviceNameLike(plan.name, NAME_BUDGET)}' would be valid`); }
  },
  fix: 'set metadata.name, or derive it from the construct path with Names.toDnsLabel(scope, { extra: [id], maxLen: 52 }) of cdk8s; the default name is the construct id',
};
