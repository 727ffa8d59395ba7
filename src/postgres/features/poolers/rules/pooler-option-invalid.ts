import { callOf } from '../pooler-call';
import { poolerNameFault, resolvePooler } from '../resolve-poolers';
import type { DatabaseContext } from '../../../plan/database-context';
import { poolerName } from '../../../plan/names';
import { Consequence, kubernetesPage, pgBouncerPage, type Rule } from '../../../../rules';

export const poolerOptionInvalid: Rule<DatabaseContext> = {
  id: 'pooler-option-invalid',
  code: 'PGTLS-P171',
  title: 'pooler with an invalid name or option',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [kubernetesPage('concepts/overview/working-with-objects/names/', 'Object Names and IDs'), pgBouncerPage('config.html', 'PgBouncer configuration')],
  check: ({ plan }, report) => {
    const { declarations: { poolers, roles, clients } } = plan;
    const declaredRoles = new Set([...roles, ...clients].map(({ name }) => name));
    poolers.forEach((pooler, index) => {
      const { name } = pooler;
      const call = callOf(name);
      const full = poolerName(plan.name, name);
      const fault = poolerNameFault(plan, pooler, index);
      if (fault !== undefined) { report(`${call}.name`, `the name of pooler '${name}' ${fault}`); return; }
      if (declaredRoles.has(full)) {
        report(`${call}.name`, `the certificate of pooler '${name}' has the common name '${full}', which is a declared role: it could log in as that role`, 'give the pooler or the role another name');
      }
      const resolved = resolvePooler(plan, pooler);
      const atLeast = (field: 'instances' | 'poolSize' | 'maxClientConnections' | 'maxPreparedStatements', least: number): void => {
        const value = resolved[field];
        if (!Number.isInteger(value) || value < least) { report(`${call}.${field}`, `${field} ${value} is not a whole number from ${least} on`); }
      };
      atLeast('instances', 1);
      atLeast('poolSize', 1);
      atLeast('maxClientConnections', 1);
      atLeast('maxPreparedStatements', 0);
      for (const field of ['queryWaitTimeout', 'terminationGracePeriod'] as const) {
        const milliseconds = resolved[field].toMilliseconds();
        if (milliseconds < 1000 || milliseconds % 1000 !== 0) { report(`${call}.${field}`, `${field} is ${milliseconds} ms, which is not a whole number of seconds from 1 on`); }
      }
    });
  },
  fix: 'set a value within the bounds, or remove it to use the default',
};
