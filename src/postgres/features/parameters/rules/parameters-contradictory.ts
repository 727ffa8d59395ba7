import { booleanIn } from '../../../../postgresql';
import { Consequence, Rule, when } from '../../../../rules';
import { kibibytes } from '../../../plan/quantity';
import type { DatabaseContext } from '../../../plan/database-context';
import { given, valuesOf } from './relations-shared';

/** The stack limit of containers, less the reserve of PostgreSQL. Source: src/backend/utils/misc/stack_depth.c, STACK_DEPTH_SLOP. */
const MAX_STACK_KIB = 8192 - 512;

/** Maximum number of server processes, except a few internal ones. Source: src/include/postmaster/postmaster.h, MAX_BACKENDS. */
const MOST_PROCESSES = 2 ** 18 - 1;

const RECOVERY_TARGETS = ['recovery_target', 'recovery_target_lsn', 'recovery_target_name', 'recovery_target_time', 'recovery_target_xid'];

export const parametersContradictory: Rule<DatabaseContext> = {
  id: 'parameters-contradictory',
  code: 'PGTLS-P65',
  title: 'server parameters that contradict each other',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL src/backend/postmaster/postmaster.c, src/backend/access/transam/xlog.c: FATAL error at startup',
  check: (database) => {
    const { of, amount, isOn } = valuesOf(database);
    const segment = database.props.init?.walSegmentSize ? kibibytes(database.props.init.walSegmentSize) / 1024 : 16;
    const isMinimal = of('wal_level').toLowerCase() === 'minimal';
    const [connections, reserved] = [amount('max_connections', ''), amount('superuser_reserved_connections', '') + (database.plan.major >= 16 ? amount('reserved_connections', '') : 0)];
    const [least, most] = [amount('min_wal_size', 'MB'), amount('max_wal_size', 'MB')];
    const kinds = ['max_connections', database.plan.major >= 18 ? 'autovacuum_worker_slots' : 'autovacuum_max_workers', 'max_worker_processes', 'max_wal_senders'];
    const processes = kinds.reduce((sum, name) => sum + amount(name, ''), 1);
    const targets = RECOVERY_TARGETS.filter((name) => of(name) !== '');
    return [
      ...when(isMinimal && amount('max_wal_senders', '') > 0, () => `wal_level 'minimal' requires max_wal_senders 0, but it is ${of('max_wal_senders')}`),
      ...when(isMinimal && booleanIn(of('archive_mode')) !== false, () => `wal_level 'minimal' requires archive_mode 'off', but it is '${of('archive_mode')}'`),
      ...when(isMinimal && isOn('summarize_wal'), () => "wal_level 'minimal' requires summarize_wal 'off', but it is on"),
      ...when(reserved >= connections, () => `max_connections ${connections} is not above the ${reserved} reserved connections`),
      ...when(processes > MOST_PROCESSES, () => `${kinds.join(', ')} add up to ${processes} processes, but the maximum is ${MOST_PROCESSES}`),
      ...when(least < 2 * segment, () => `min_wal_size ${of('min_wal_size')} is less than two WAL segments of ${segment}MB`),
      ...when(most < 2 * segment, () => `max_wal_size ${of('max_wal_size')} is less than two WAL segments of ${segment}MB`),
      ...when(least > most, () => `min_wal_size ${of('min_wal_size')} is above max_wal_size ${of('max_wal_size')}`),
      ...when(of('archive_command') !== '' && of('archive_library') !== '', () => 'archive_command and archive_library are both set'),
      ...when(targets.length > 1, () => `${targets.join(' and ')} are both set, but recovery has only one target`),
      ...when(isOn('log_statement_stats') && ['log_parser_stats', 'log_planner_stats', 'log_executor_stats'].some(isOn), () => 'log_statement_stats cannot be on together with log_parser_stats, log_planner_stats or log_executor_stats'),
      ...when(amount('max_stack_depth', 'kB') > MAX_STACK_KIB, () => `max_stack_depth ${of('max_stack_depth')} is above ${MAX_STACK_KIB}kB, the maximum in a container`),
      ...when(database.props.hugePages === undefined && (given(database, 'huge_pages').toLowerCase() === 'try' || booleanIn(given(database, 'huge_pages')) === true),
        () => `huge_pages '${given(database, 'huge_pages')}' is set without the property hugePages, so the pod has no huge pages`),
    ];
  },
  fix: 'change one of the parameters',
};
