import { Size } from 'cdk8s';
import { Postgres, PostgresStorage, PostgresVersion, Validation } from '../../src';
import { layoutOf } from '../../src/postgres/plan/layout';
import { initializedPod } from '../support/initialized-pod';
import { LocalPod } from '../local';
import { chartIn } from '../support/tree';
import { VERSIONS } from '../support/versions';

type Settings = { [name: string]: string };
type Case = readonly [settings: Settings, code: string | undefined, since?: number, until?: number];

/** What the server does with settings beside its own: what is refused before it is written is what would not start. */
const CASES: readonly Case[] = [
  [{ wal_level: 'minimal' }, 'PGTLS-P65'],
  [{ wal_level: 'minimal', max_wal_senders: '0' }, undefined],
  [{ wal_level: 'minimal', max_wal_senders: '0', archive_mode: 'on', archive_command: 'true' }, 'PGTLS-P65'],
  [{ wal_level: 'minimal', max_wal_senders: '0', summarize_wal: 'on' }, 'PGTLS-P65', 17],
  [{ max_connections: '3' }, 'PGTLS-P65'],
  [{ max_connections: '20', superuser_reserved_connections: '20' }, 'PGTLS-P65'],
  [{ max_wal_size: '16MB' }, 'PGTLS-P65'],
  [{ min_wal_size: '16MB' }, 'PGTLS-P65'],
  [{ recovery_target: 'immediate', recovery_target_xid: '7' }, 'PGTLS-P65'],
  [{ log_statement_stats: 'on', log_parser_stats: 'on' }, 'PGTLS-P65'],
  [{ max_stack_depth: '100MB' }, 'PGTLS-P65'],
  [{ max_stack_depth: '7MB' }, undefined],
  [{ timezone: 'Europe/Berln' }, 'PGTLS-P70'],
  [{ timezone: 'Europe/Berlin', log_timezone: 'America/Sao_Paulo' }, undefined],
  [{ timezone: '<+03>-3' }, undefined],
  [{ log_timezone: 'Nowhere' }, 'PGTLS-P70'],
  [{ timezone_abbreviations: 'Mars' }, 'PGTLS-P70'],
  [{ timezone_abbreviations: 'India' }, undefined],
  [{ log_destination: 'file' }, 'PGTLS-P70'],
  [{ log_destination: 'stderr,csvlog' }, undefined],
  [{ log_destination: 'jsonlog' }, 'PGTLS-P70', 14, 14],
  [{ log_destination: 'jsonlog' }, undefined, 15],
  [{ datestyle: 'foo' }, 'PGTLS-P70'],
  [{ datestyle: 'iso, german' }, 'PGTLS-P70'],
  [{ datestyle: 'SQL, DMY' }, undefined],
  [{ lc_messages: 'xx_YY.utf8' }, 'PGTLS-P70'],
  [{ lc_messages: 'C' }, undefined],
  [{ wal_consistency_checking: 'heap, nothing' }, 'PGTLS-P70'],
  [{ wal_consistency_checking: 'heap,btree' }, undefined],
  [{ search_path: '"$user' }, 'PGTLS-P70'],
  [{ search_path: '"$user", public' }, undefined],
  [{ client_encoding: 'UTF-9' }, 'PGTLS-P70'],
  [{ client_encoding: 'iso-8859-1' }, undefined],
  [{ recovery_target_time: 'soon' }, 'PGTLS-P70'],
  [{ recovery_target_time: '2026-01-31 12:00:00+00' }, undefined],
  [{ shared_preload_libraries: 'pg_stat_statments' }, 'PGTLS-P70'],
  [{ shared_preload_libraries: '"auto_explain' }, undefined],
  [{ max_worker_processes: '262100' }, 'PGTLS-P65'],
  [{ timezone: '+03:00' }, undefined],
  [{ timezone: 'EST5EDT,M3.2.0' }, 'PGTLS-P70'],
  [{ unix_socket_group: 'no_such_group' }, 'PGTLS-P70'],
  [{ logging_collector: 'on', log_filename: '' }, 'PGTLS-P70'],
  [{ logging_collector: 'on', log_filename: 'a/b.log' }, 'PGTLS-P70'],
  [{ logging_collector: 'on', log_filename: 'b.log', log_file_mode: '0640' }, undefined],
  [{ 'shared_preload_libraries': 'pg_stat_statements, auto_explain', 'pg_stat_statements.max': '9000' }, undefined],
];

function found(version: PostgresVersion, parameters: Settings): string[] {
  const chart = chartIn();
  new Postgres(chart, 'db', { version, storage: PostgresStorage.durable({ size: Size.gibibytes(50) }), parameters });
  return [...new Set(Validation.of(chart).findings().filter(({ severity }) => severity === 'error').map(({ rule: { code } }) => code))];
}

/** pg_ctl waits until the server is up or has ended; its exit code tells which. */
async function starts(pod: LocalPod, major: number, settings: Settings): Promise<boolean> {
  const options = ['-c', 'config_file=/etc/postgresql/postgresql.conf', ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const quoted = options.map((option) => `'${option.replaceAll("'", "'\\''")}'`).join(' ');
  const { code } = await pod.exec('postgres', ['sh', '-c', 'pg_ctl start -w -t 30 -s -D "$0" -l /dev/null -o "$1" && pg_ctl stop -w -m fast -s -D "$0"', layoutOf(major).pgData, quoted]);
  return code === 0;
}

// Most of the time passes while pg_ctl sleeps.
test.concurrent.each(VERSIONS)('PostgreSQL $major starts with what passes, and not with what is refused', async (version) => {
  const { major } = version;
  const pod = await initializedPod(version);
  try {
    for (const [settings, code, since = 14, until = 18] of CASES.filter(([, , first = 14, last = 18]) => first <= major && major <= last)) {
      expect({ settings, since, until, found: found(version, settings), starts: await starts(pod, major, settings) })
        .toEqual({ settings, since, until, found: code === undefined ? [] : [code], starts: code === undefined });
    }
  } finally {
    await pod.dispose();
  }
}, 120_000);
