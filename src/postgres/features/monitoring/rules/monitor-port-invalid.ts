import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';

export const monitorPortInvalid: Rule<DatabaseContext> = {
  id: 'monitor-port-invalid',
  code: 'PGTLS-P40',
  title: 'monitor.port invalid or in use',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL uses port 5432; a container without capabilities cannot listen below 1024',
  check: ({ props: { monitor }, plan: { collisions } }) => {
    const port = monitor?._options.port;
    return when(port !== undefined && (!(Number.isInteger(port) && port >= 1024 && port <= 65_535) || collisions.some(({ property }) => property === 'monitor.port')),
      () => `monitor.port ${port} is not an unused port from 1024 to 65535`);
  },
  fix: 'remove it to use the default, 9187, or set an unused port',
};
