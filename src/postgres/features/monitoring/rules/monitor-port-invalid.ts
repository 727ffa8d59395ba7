import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, type Rule, source } from '../../../../rules';

export const monitorPortInvalid: Rule<DatabaseContext> = {
  id: 'monitor-port-invalid',
  code: 'PGTLS-P40',
  title: 'monitor.port invalid or in use',
  consequence: Consequence.NEVER_READY,
  sources: [
    source('this package: PostgreSQL uses port 5432'),
    source('capabilities(7), CAP_NET_BIND_SERVICE: a container without it cannot listen below 1024', 'https://man7.org/linux/man-pages/man7/capabilities.7.html'),
  ],
  check: ({ props: { monitor }, plan: { collisions } }, report) => {
    const port = monitor?._options.port;
    const isUnused = !collisions.some(({ property }) => property === 'monitor.port');
    if (port !== undefined && !(Number.isInteger(port) && port >= 1024 && port <= 65_535 && isUnused)) {
      report('monitor.port', `monitor.port ${port} is not an unused port from 1024 to 65535`);
    }
  },
  fix: 'remove it to use the default, 9187, or set an unused port',
};
