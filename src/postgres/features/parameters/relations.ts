import {
  booleanIn, extensionFault, ignoredFault, integerIn, isExtensionParameter, lookUpParameter, numberIn, startFault, unfitValue, ValueContext,
} from '../../../postgresql';
import { Consequence, Rule, Severity, when } from '../../../rules';
import { parameterValue, sharedBuffersKib } from '../../plan/parameters';
import { walVolume } from '../../plan/wal-volume';
import { kibibytes } from '../../plan/quantity';
import type { DatabaseContext } from '../../plan/database-context';

/** The limit of the stack that containers have, less what PostgreSQL keeps free. Source: src/backend/utils/misc/stack_depth.c, STACK_DEPTH_SLOP. */
const MAX_STACK_KIB = 8192 - 512;

/** What the server has slots for, beside a few of its own. Source: src/include/postmaster/postmaster.h, MAX_BACKENDS. */
const MOST_PROCESSES = 2 ** 18 - 1;

const RECOVERY_TARGETS = ['recovery_target', 'recovery_target_lsn', 'recovery_target_name', 'recovery_target_time', 'recovery_target_xid'];

/** What is proven about server parameters beside each other, the pod, and its volumes. */
export const PARAMETER_RELATION_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
    code: 'PGTLS-P65',
    title: 'parameters that exclude each other',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL src/backend/postmaster/postmaster.c, src/backend/access/transam/xlog.c: FATAL at the start',
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
        ...when(isMinimal && amount('max_wal_senders', '') > 0, () => `wal_level 'minimal' does not go with max_wal_senders ${of('max_wal_senders')}`),
        ...when(isMinimal && booleanIn(of('archive_mode')) !== false, () => `wal_level 'minimal' does not go with archive_mode '${of('archive_mode')}'`),
        ...when(isMinimal && isOn('summarize_wal'), () => "wal_level 'minimal' does not go with summarize_wal"),
        ...when(reserved >= connections, () => `max_connections ${connections} leaves nothing beside ${reserved} that are reserved`),
        ...when(processes > MOST_PROCESSES, () => `${kinds.join(', ')} are ${processes} processes together, and ${MOST_PROCESSES} are the most`),
        ...when(least < 2 * segment, () => `min_wal_size ${of('min_wal_size')} is less than two WAL segments of ${segment}MB`),
        ...when(most < 2 * segment, () => `max_wal_size ${of('max_wal_size')} is less than two WAL segments of ${segment}MB`),
        ...when(least > most, () => `min_wal_size ${of('min_wal_size')} is above max_wal_size ${of('max_wal_size')}`),
        ...when(of('archive_command') !== '' && of('archive_library') !== '', () => 'archive_command and archive_library are both set'),
        ...when(targets.length > 1, () => `${targets.join(' and ')} are both set, and recovery has one target`),
        ...when(isOn('log_statement_stats') && ['log_parser_stats', 'log_planner_stats', 'log_executor_stats'].some(isOn), () => 'log_statement_stats does not go with statistics of single stages'),
        ...when(amount('max_stack_depth', 'kB') > MAX_STACK_KIB, () => `max_stack_depth ${of('max_stack_depth')} is above the ${MAX_STACK_KIB}kB that the stack of a container leaves`),
        ...when(database.props.hugePages === undefined && (given(database, 'huge_pages').toLowerCase() === 'try' || booleanIn(given(database, 'huge_pages')) === true),
          () => `huge_pages '${given(database, 'huge_pages')}' is given without the property hugePages, and the pod may use none`),
      ];
    },
    fix: 'change one of them',
  },
  {
    code: 'PGTLS-P66',
    title: 'a standby to wait for, where there is one instance',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, synchronous_standby_names: a commit waits until a standby has it, for ever where there is none',
    check: (database) => when(given(database, 'synchronous_standby_names').trim() !== '', () =>
      `synchronous_standby_names is '${given(database, 'synchronous_standby_names')}', and this database has no standby: every commit would wait for ever`),
    fix: 'leave it out',
  },
  {
    code: 'PGTLS-P67',
    title: 'archiving without a command',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, Continuous Archiving: WAL is kept until it is archived',
    check: (database) => {
      const { of } = valuesOf(database);
      return when(booleanIn(of('archive_mode')) !== false && of('archive_command').trim() === '' && of('archive_library') === '',
        () => `archive_mode is '${of('archive_mode')}', and neither archive_command nor archive_library is set: WAL is kept until the volume is full`);
    },
    fix: "give archive_command or archive_library, or set archive_mode to 'off'",
  },
  {
    code: 'PGTLS-P68',
    title: 'WAL that does not fit its volume',
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
    fix: 'lower the parameter, or give the volume more space; the log may grow beyond max_wal_size for a while',
  },
  {
    code: 'PGTLS-P69',
    severity: Severity.WARNING,
    title: 'memory of sessions that can exceed the memory limit',
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
        // Not every session sorts at a time: half as much again as the limit is what an ordinary setting stays below.
        ...when(given(database, 'work_mem') !== '' && (work * connections > 1.5 * limit || work > free),
          () => `work_mem ${of('work_mem')} for each of max_connections ${connections} is ${mib(work * connections)}, and the limit leaves ${mib(free)}`),
        ...when((given(database, 'maintenance_work_mem') !== '' || given(database, 'autovacuum_max_workers') !== '') && maintenance * workers > free,
          () => `maintenance_work_mem ${of('maintenance_work_mem')} for each of autovacuum_max_workers ${workers} is ${mib(maintenance * workers)}, and the limit leaves ${mib(free)}`),
      ];
    },
    fix: 'lower one of them, raise the memory limit, or acknowledge the warning where few sessions sort at a time',
  },
  {
    code: 'PGTLS-P70',
    title: 'a value with which the server, or a process of it, does not start',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, the check hooks of the parameters: FATAL: invalid value for parameter',
    check: (database) => faults(database).filter(({ depends }) => depends !== true).map(({ name, value, fault }) => `value '${value}' of parameter '${name}' ${fault}`),
    fix: 'see the documentation of the parameter for what it takes',
  },
  {
    code: 'PGTLS-P71',
    severity: Severity.WARNING,
    title: 'a value that the server takes and does not act on',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL: the server starts, and the value is cut, skipped, read as another one, or has no effect',
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
    fix: 'give one that it acts on, leave it out, or acknowledge the warning',
  },
  {
    code: 'PGTLS-P72',
    severity: Severity.WARNING,
    title: 'a value of which only the image can tell whether the server starts',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL: libraries, locales and time zones are files of the image',
    check: (database) => faults(database).filter(({ depends }) => depends === true).map(({ name, value, fault }) => `value '${value}' of parameter '${name}' ${fault}`),
    fix: 'check that the image has it, and acknowledge the warning',
  },
  {
    code: 'PGTLS-P73',
    title: "a parameter with which the pod's own programs cannot work",
    consequence: Consequence.NEVER_READY,
    source: 'the reloader sets roles and passwords and asks the server what it has taken over',
    check: (database) => {
      const { amount, isOn } = valuesOf(database);
      const permissions = given(database, 'unix_socket_permissions');
      return [
        ...when(isOn('default_transaction_read_only'), () => 'default_transaction_read_only is on: the reloader could set no role and no password'),
        ...['statement_timeout', 'transaction_timeout'].filter((name) => amount(name, 'ms') > 0 && amount(name, 'ms') < 1000)
          .map((name) => `${name} of ${amount(name, 'ms')} ms would end the statements of the reloader`),
        ...when(permissions !== '' && ((integerIn(permissions, '') ?? WRITE) & WRITE) === 0, () => `unix_socket_permissions '${permissions}' keeps the reloader from the socket`),
        ...when(given(database, 'role') !== '' || given(database, 'session_authorization') !== '', () => 'role is set for every session, the reloader\'s too'),
      ];
    },
    fix: 'set it for single roles: ALTER ROLE … SET …',
  },
  {
    code: 'PGTLS-P74',
    title: 'a parameter of a contrib module that the module does not take',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'contrib/ of PostgreSQL: WARNING: invalid configuration parameter, and the default stays',
    check: (database) => own(database).filter(([name]) => isExtensionParameter(name)).flatMap(([name, value]) => {
      const fault = extensionFault(name, value);
      return when(fault !== undefined, () => `value '${value}' of parameter '${name}' ${fault}`);
    }),
    fix: 'see the documentation of the module',
  },
];

/** Who may write to a socket may connect; the reloader is its owner. */
const WRITE = 0o200;

const own = ({ props }: DatabaseContext): Array<[string, string]> => Object.entries(props.parameters ?? {});

/** What the user says of a parameter; empty where that is nothing. */
function given(database: DatabaseContext, name: string): string {
  return own(database).find(([other]) => other.toLowerCase() === name)?.[1] ?? '';
}

/** What will be in force. */
function valuesOf({ plan }: DatabaseContext) {
  const values = new Map(plan.parameters.map(([name, value]) => [name.toLowerCase(), String(value)]));
  const of = (name: string): string => values.get(name) ?? parameterValue(plan, name);
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
