import { effectiveValues } from './effective-values';
import { givenValue, parameterField } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { kibibytes } from '../../../plan/quantity';
import { booleanIn } from '../../../../postgresql';
import { Consequence, postgresFile, type Rule } from '../../../../rules';

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
  sources: [
    postgresFile('src/backend/postmaster/postmaster.c', 'PostmasterMain: FATAL at startup'),
    postgresFile('src/backend/access/transam/xlog.c', 'ReadControlFile: the sizes of WAL'),
  ],
  check: (database, report) => {
    const { of, amount, isOn } = effectiveValues(database);
    const field = (...names: readonly [string, ...string[]]) => parameterField(database, ...names);
    const { plan: { major }, props: { hugePages, init } } = database;

    if (of('wal_level').toLowerCase() === 'minimal') {
      if (amount('max_wal_senders', '') > 0) { report(field('max_wal_senders', 'wal_level'), `wal_level 'minimal' requires max_wal_senders 0, but it is ${of('max_wal_senders')}`); }
      if (booleanIn(of('archive_mode')) !== false) { report(field('archive_mode', 'wal_level'), `wal_level 'minimal' requires archive_mode 'off', but it is '${of('archive_mode')}'`); }
      if (isOn('summarize_wal')) { report(field('summarize_wal', 'wal_level'), "wal_level 'minimal' requires summarize_wal 'off', but it is on"); }
    }

    const [connections, reserved] = [amount('max_connections', ''), amount('superuser_reserved_connections', '') + (major >= 16 ? amount('reserved_connections', '') : 0)];
    if (reserved >= connections) {
      report(field('max_connections', 'superuser_reserved_connections', 'reserved_connections'), `max_connections ${connections} is not above the ${reserved} reserved connections`);
    }
    const kinds = ['max_connections', major >= 18 ? 'autovacuum_worker_slots' : 'autovacuum_max_workers', 'max_worker_processes', 'max_wal_senders'] as const;
    const processes = kinds.reduce((sum, name) => sum + amount(name, ''), 1);
    if (processes > MOST_PROCESSES) { report(field(...kinds), `${kinds.join(', ')} add up to ${processes} processes, but the maximum is ${MOST_PROCESSES}`); }

    const segment = init?.walSegmentSize ? kibibytes(init.walSegmentSize) / 1024 : 16;
    const [least, most] = [amount('min_wal_size', 'MB'), amount('max_wal_size', 'MB')];
    for (const [name, size] of [['min_wal_size', least], ['max_wal_size', most]] as const) {
      if (size < 2 * segment) { report(field(name), `${name} ${of(name)} is less than two WAL segments of ${segment}MB`); }
    }
    if (least > most) { report(field('min_wal_size', 'max_wal_size'), `min_wal_size ${of('min_wal_size')} is above max_wal_size ${of('max_wal_size')}`); }

    if (of('archive_command') !== '' && of('archive_library') !== '') { report(field('archive_library'), 'archive_command and archive_library are both set'); }
    const targets = RECOVERY_TARGETS.filter((name) => of(name) !== '');
    if (targets.length > 1) { report(field(targets[1]!), `${targets.join(' and ')} are both set, but recovery has only one target`); }
    if (isOn('log_statement_stats') && ['log_parser_stats', 'log_planner_stats', 'log_executor_stats'].some(isOn)) {
      report(field('log_statement_stats'), 'log_statement_stats cannot be on together with log_parser_stats, log_planner_stats or log_executor_stats');
    }
    if (amount('max_stack_depth', 'kB') > MAX_STACK_KIB) {
      report(field('max_stack_depth'), `max_stack_depth ${of('max_stack_depth')} is above ${MAX_STACK_KIB}kB, the maximum in a container`);
    }
    const pages = givenValue(database, 'huge_pages');
    if (hugePages === undefined && (pages.toLowerCase() === 'try' || booleanIn(pages) === true)) {
      report(field('huge_pages'), `huge_pages '${pages}' is set without the property hugePages, so the pod has no huge pages`);
    }
  },
  fix: 'change one of the parameters',
};
