import {
  booleanIn, extensionFault, ignoredFault, integerIn, isExtensionParameter, lookUpParameter, numberIn, startFault, unfitValue, ValueContext,
} from '../../../postgresql';
import { Consequence, Rule, Severity, when } from '../../../rules';
import { parameterValue, sharedBuffersKib } from '../../plan/parameters';
import { walVolume } from '../../plan/wal-volume';
import { kibibytes } from '../../plan/quantity';
import type { DatabaseContext } from '../../plan/database-context';

/** The stack limit of containers, less the reserve of PostgreSQL. Source: src/backend/utils/misc/stack_depth.c, STACK_DEPTH_SLOP. */
const MAX_STACK_KIB = 8192 - 512;

/** Maximum number of server processes, except a few internal ones. Source: src/include/postmaster/postmaster.h, MAX_BACKENDS. */
const MOST_PROCESSES = 2 ** 18 - 1;

const RECOVERY_TARGETS = ['recovery_target', 'recovery_target_lsn', 'recovery_target_name', 'recovery_target_time', 'recovery_target_xid'];

/** Rules for server parameters in relation to each other, the pod and its volumes. */
export const PARAMETER_RELATION_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
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
  },
  {
    code: 'PGTLS-P66',
    title: 'synchronous_standby_names set without a standby',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, synchronous_standby_names: a commit waits until a standby has confirmed it, without a timeout',
    check: (database) => when(given(database, 'synchronous_standby_names').trim() !== '', () =>
      `synchronous_standby_names is '${given(database, 'synchronous_standby_names')}', but this database has no standby: no commit would end`),
    fix: 'remove it',
  },
  {
    code: 'PGTLS-P67',
    title: 'archiving enabled without archive_command or archive_library',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, Continuous Archiving: WAL is kept until it is archived',
    check: (database) => {
      const { of } = valuesOf(database);
      return when(booleanIn(of('archive_mode')) !== false && of('archive_command').trim() === '' && of('archive_library') === '',
        () => `archive_mode is '${of('archive_mode')}', but neither archive_command nor archive_library is set: WAL is kept until the volume is full`);
    },
    fix: "set archive_command or archive_library, or set archive_mode to 'off'",
  },
  {
    code: 'PGTLS-P68',
    title: 'WAL settings too large for the volume',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, WAL Configuration: PANIC: could not write to file "pg_wal/xlogtemp": No space left on device',
    check: (database) => {
      const { of, amount } = valuesOf(database);
      const { sizeKib, isOwn } = walVolume(database.props.storage);
      if (sizeKib === undefined || !(sizeKib > 0)) { return []; }
      const what = isOwn ? 'WAL volume' : 'data volume';
      return ['max_wal_size', 'wal_keep_size'].filter((name) => amount(name, 'kB') >= sizeKib * (isOwn ? 0.9 : 0.8))
        .map((name) => `${name} ${of(name)} leaves no room on the ${what} of ${Math.round(sizeKib / 1024)}Mi`);
    },
    fix: 'lower the parameter, or enlarge the volume; the WAL can temporarily exceed max_wal_size',
  },
  {
    code: 'PGTLS-P69',
    severity: Severity.WARNING,
    title: 'session memory can exceed the memory limit',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, Resource Consumption: work_mem is for each sort or hash of each session',
    check: (database) => {
      const { of, amount } = valuesOf(database);
      const limit = database.plan.memoryLimitKib;
      if (limit === undefined) { return []; }
      const free = limit - (database.props.hugePages ? 0 : sharedBuffersKib(database.plan));
      const [work, connections] = [amount('work_mem', 'kB'), amount('max_connections', '')];
      const [maintenance, workers] = [amount('maintenance_work_mem', 'kB'), amount('autovacuum_max_workers', '')];
      return [
        // Not all sessions sort at the same time: ordinary settings stay below one and a half times the limit.
        ...when(given(database, 'work_mem') !== '' && (work * connections > 1.5 * limit || work > free),
          () => `work_mem ${of('work_mem')} for each of max_connections ${connections} is ${mib(work * connections)}, but the memory limit leaves ${mib(free)}`),
        ...when((given(database, 'maintenance_work_mem') !== '' || given(database, 'autovacuum_max_workers') !== '') && maintenance * workers > free,
          () => `maintenance_work_mem ${of('maintenance_work_mem')} for each of autovacuum_max_workers ${workers} is ${mib(maintenance * workers)}, but the memory limit leaves ${mib(free)}`),
      ];
    },
    fix: 'lower one of them, raise the memory limit, or acknowledge the warning if few sessions sort at the same time',
  },
  {
    code: 'PGTLS-P70',
    title: 'parameter value that keeps the server or one of its processes from starting',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, check hooks of the parameters: FATAL: invalid value for parameter',
    check: (database) => faults(database).filter(({ depends }) => depends !== true).map(({ name, value, fault }) => `value '${value}' of parameter '${name}' ${fault}`),
    fix: 'use a value that the documentation of the parameter describes',
  },
  {
    code: 'PGTLS-P71',
    severity: Severity.WARNING,
    title: 'parameter value that the server accepts but ignores or changes',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL: the server starts, but truncates, skips or reinterprets the value, or it has no effect',
    check: (database) => {
      const { of } = valuesOf(database);
      const { major } = database.plan;
      const refused = new Set(faults(database).map(({ name }) => name));
      return own(database).flatMap(([name, value]) => {
        const known = lookUpParameter(major, name);
        const fault = known === undefined || refused.has(name) || unfitValue(known, value) !== undefined ? undefined : ignoredFault(name, value, { major, of });
        return when(fault !== undefined, () => `value '${value}' of parameter '${name}' ${fault}`);
      });
    },
    fix: 'use a value that has an effect, remove it, or acknowledge the warning',
  },
  {
    code: 'PGTLS-P72',
    severity: Severity.WARNING,
    title: 'parameter value whose validity depends on the image',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL: libraries, locales and time zones are files of the image',
    check: (database) => faults(database).filter(({ depends }) => depends === true).map(({ name, value, fault }) => `value '${value}' of parameter '${name}' ${fault}`),
    fix: 'check that the image supports it, and acknowledge the warning',
  },
  {
    code: 'PGTLS-P73',
    title: 'server parameter that keeps the reloader from working',
    consequence: Consequence.NEVER_READY,
    source: 'the reloader creates roles, sets passwords and queries the server for its current configuration',
    check: (database) => {
      const { amount, isOn } = valuesOf(database);
      const permissions = given(database, 'unix_socket_permissions');
      return [
        ...when(isOn('default_transaction_read_only'), () => 'default_transaction_read_only is on: the reloader cannot create roles or set passwords'),
        ...['statement_timeout', 'transaction_timeout'].filter((name) => amount(name, 'ms') > 0 && amount(name, 'ms') < 1000)
          .map((name) => `${name} of ${amount(name, 'ms')} ms cancels the statements of the reloader`),
        ...when(permissions !== '' && ((integerIn(permissions, '') ?? WRITE) & WRITE) === 0, () => `unix_socket_permissions '${permissions}' does not allow the reloader to connect to the socket`),
        ...when(given(database, 'role') !== '' || given(database, 'session_authorization') !== '', () => 'role or session_authorization is set for every session, including that of the reloader'),
      ];
    },
    fix: 'set it for individual roles: ALTER ROLE … SET …',
  },
  {
    code: 'PGTLS-P74',
    title: 'invalid parameter of a contrib module',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'contrib/ of PostgreSQL: the server logs a WARNING and uses the default',
    check: (database) => own(database).filter(([name]) => isExtensionParameter(name)).flatMap(([name, value]) => {
      const fault = extensionFault(name, value);
      return when(fault !== undefined, () => `value '${value}' of parameter '${name}' ${fault}`);
    }),
    fix: 'use a parameter and value that the documentation of the module describes',
  },
];

/** Write permission on the socket allows connections; the reloader is its owner. */
const WRITE = 0o200;

const own = ({ props }: DatabaseContext): Array<[string, string]> => Object.entries(props.parameters ?? {});

/** The value of a parameter in the properties; empty if it is not set. */
function given(database: DatabaseContext, name: string): string {
  return own(database).find(([other]) => other.toLowerCase() === name)?.[1] ?? '';
}

/** The effective values of the parameters. */
function valuesOf({ plan }: DatabaseContext) {
  const of = (name: string): string => parameterValue(plan, name);
  return {
    of,
    amount: (name: string, unit: string): number => numberIn(of(name), unit) ?? 0,
    isOn: (name: string): boolean => booleanIn(of(name)) === true,
  };
}

function faults(database: DatabaseContext) {
  const { props: { podTemplate }, plan } = database;
  const { layout, major, image } = plan;
  const context: ValueContext = {
    major,
    image,
    writable: [
      layout.dataMount, layout.walMount, layout.temporary, layout.socket, layout.sharedMemory,
      ...(podTemplate?.volumeMounts ?? []).filter(({ readOnly }) => readOnly !== true).map(({ mountPath }) => mountPath),
    ],
    collectsLog: valuesOf(database).isOn('logging_collector'),
    encoding: database.props.init?.encoding ?? 'UTF8',
    archives: booleanIn(valuesOf(database).of('archive_mode')) !== false,
    servesTls: valuesOf(database).isOn('ssl'),
    groupId: plan.arbitraryUserId ? undefined : plan.groupId,
  };
  return own(database).filter(([name]) => lookUpParameter(major, name) !== undefined).flatMap(([name, value]) => {
    const found = startFault(name, value, context);
    return found === undefined ? [] : [{ name, value, ...found }];
  });
}

function mib(kib: number): string {
  return `${Math.round(kib / 1024)}Mi`;
}
