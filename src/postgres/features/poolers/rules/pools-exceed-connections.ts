import { mostServerConnections, resolvePoolers } from '../resolve-poolers';
import type { DatabaseContext } from '../../../plan/database-context';
import { parameterAmount } from '../../../plan/parameters';
import { Consequence, pgBouncerPage, postgresPage, type Rule } from '../../../../rules';

export const poolsExceedConnections: Rule<DatabaseContext> = {
  id: 'pools-exceed-connections',
  code: 'PGTLS-P173',
  title: 'pools larger than max_connections',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [pgBouncerPage('config.html', 'default_pool_size', 'for each pair of user and database'), postgresPage('runtime-config-connection.html', 'Connection Settings')],
  check: ({ plan }, report) => {
    const poolers = resolvePoolers(plan);
    if (poolers.length === 0) { return; }
    const most = parameterAmount(plan, 'max_connections', '');
    const reserved = parameterAmount(plan, 'superuser_reserved_connections', '') + (plan.major >= 16 ? parameterAmount(plan, 'reserved_connections', '') : 0);
    const taken = poolers.reduce((sum, pooler) => sum + mostServerConnections(pooler), 0);
    if (taken <= most - reserved) { return; }
    const terms = poolers.map((pooler) => {
      const pools = pooler.clients.reduce((sum, { databases }) => sum + databases.length, 0);
      return `${pooler.declared}: (${pooler.instances} + 1) pods x ${pools} pools x ${pooler.poolSize}`;
    });
    report('parameters.max_connections', `the poolers may open ${taken} connections (${terms.join('; ')}; one pod more while they are updated), and max_connections ${most} leaves ${most - reserved}`);
  },
  fix: 'reduce poolSize or instances, or raise max_connections in parameters',
};
