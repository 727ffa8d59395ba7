import { entryPath } from '../../../../data';
import { numberIn } from '../../../../postgresql';
import type { DatabaseContext } from '../../../plan/database-context';
import { cidrError } from '../../../plan/cidr-error';
import { patroniPlan } from '../../../plan/patroni-plan';
import { Consequence, patroniFile, type Rule } from '../../../../rules';

export const memberOptionInvalid: Rule<DatabaseContext> = {
  id: 'member-option-invalid',
  code: 'PGTLS-P130',
  title: 'invalid number of members, time, parameter or API server address of Patroni',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [patroniFile('docs/dynamic_configuration.rst', 'ttl must be at least loop_wait + 2 * retry_timeout'), patroniFile('patroni/postgresql/config.py', 'CMDLINE_OPTIONS')],
  check: ({ plan, props: { parameters = {} } }, report) => {
    const patroni = patroniPlan(plan);
    if (patroni === undefined) { return; }
    const { members, apiServerCidrs, apiServerPorts } = patroni;
    if (!Number.isInteger(members) || members < 1) { report('highAvailability.members', `members ${members} is not a whole number from 1 on`); }
    const wrong = Object.entries(LEAST).filter(([option, least]) => !Number.isInteger(patroni[option as keyof typeof LEAST]) || patroni[option as keyof typeof LEAST] < least);
    for (const [option, least] of wrong) {
      report(`highAvailability.${option}`, `${option} is ${patroni[option as keyof typeof LEAST] * 1000} ms, which is not a whole number of seconds from ${least} on`);
    }
    const needed = patroni.loopWait + 2 * patroni.retryTimeout;
    if (wrong.length === 0 && patroni.ttl < needed) {
      report('highAvailability.ttl', `ttl is ${patroni.ttl} seconds, but loopWait and twice retryTimeout are ${needed}: the lease of a leader would end while it still tries to renew it`);
    }
    for (const [name, value] of Object.entries(parameters)) {
      const problem = storeFault(name.toLowerCase(), String(value));
      if (problem !== undefined) { report(entryPath('parameters', name), `parameter '${name}' is '${String(value)}', but ${problem}: Patroni would put its own default in its place`); }
    }
    for (const [index, cidr] of (apiServerCidrs ?? []).entries()) {
      const fault = cidrError(cidr);
      if (fault !== undefined) { report(`highAvailability.apiServerCidrs[${index}]`, `apiServerCidrs: '${cidr}' ${fault}`); }
    }
    if (apiServerCidrs?.length === 0) { report('highAvailability.apiServerCidrs', 'apiServerCidrs is empty: no member could reach the API server'); }
    const ports = apiServerPorts.filter((port) => !Number.isInteger(port) || port < 1 || port > 65_535);
    if (ports.length > 0 || apiServerPorts.length === 0) { report('highAvailability.apiServerPorts', `apiServerPorts is [${apiServerPorts.join(', ')}], where each must be a port and one is needed`); }
  },
  fix: 'set a value within the bounds, or remove it to use the default',
};

/** The least seconds of each. Source: patroni docs/dynamic_configuration.rst. */
const LEAST = { ttl: 20, loopWait: 1, retryTimeout: 3 } as const;

/** The least that Patroni takes from its store for a parameter, with its unit. Source: patroni/postgresql/config.py, CMDLINE_OPTIONS. */
const LEAST_PARAMETERS: Readonly<Record<string, readonly [least: number, unit: string]>> = {
  max_connections: [25, ''], max_locks_per_transaction: [32, ''], max_replication_slots: [4, ''], max_wal_senders: [3, ''], max_worker_processes: [2, ''], wal_keep_size: [16, 'MB'],
};

function storeFault(name: string, value: string): string | undefined {
  if (name === 'wal_level') { return value.toLowerCase() === 'minimal' ? 'replicas need replica or logical' : undefined; }
  const [least, unit] = Object.hasOwn(LEAST_PARAMETERS, name) ? LEAST_PARAMETERS[name]! : [0, ''];
  const amount = least === 0 ? undefined : numberIn(value, unit);
  return amount !== undefined && amount < least ? `the least is ${least}${unit}` : undefined;
}
