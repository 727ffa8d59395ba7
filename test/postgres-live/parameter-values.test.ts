import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { Postgres, PostgresStorage, PostgresVersion, Validation } from '../../src';
import { layoutOf } from '../../src/postgres/plan/layout';
import { renderParameters } from '../../src/postgres/plan/parameters';
import { initializedPod } from '../support/initialized-pod';
import { RECOVERY_TARGETS, rowsOf, valuesToTry } from '../support/parameter-values';
import { planOf } from '../support/plan';
import { LocalPod } from '../local';
import { chartIn } from '../support/tree';
import { TRIED_VERSIONS } from '../support/versions';

type Setting = readonly [name: string, value: string];
type Expectation = 'refused' | 'taken' | 'ignored' | 'unknown';

/** What is not the user's to set. */
const RESERVED = planOf().reservedParameters;

/** Parameters whose value depends on others, or on the memory of a pod: parameters.test.ts tests those. */
const RELATED = new Set(['log_statement_stats', 'max_stack_depth', 'max_connections', 'max_wal_senders', 'max_worker_processes', 'autovacuum_max_workers', 'synchronous_standby_names']);

/** Parameters that decide whether the values of others have an effect or are logged, and so are tested apart. */
const DECIDING = new Set(['archive_mode', 'huge_pages', 'log_min_messages', 'logging_collector']);

/** What `postgres -C` does not look at, and a start or a session does: asked about in single-user mode, or in parameters.test.ts. */
const LATE = new Set(['local_preload_libraries', 'session_preload_libraries', 'shared_preload_libraries', 'wal_consistency_checking', 'unix_socket_group', 'stats_temp_directory']);

const isLate = (name: string, value: string): boolean => LATE.has(name) || (name === 'client_encoding' && value === 'MULE_INTERNAL');

/** Where we are stricter than the server, by choice: times that `datestyle` decides about, and hexadecimal fractions. */
function isStricter(name: string, type: string, value: string): boolean {
  return (name === 'recovery_target_time' && /^\d{1,2}\/|[A-Za-z]{2} |^\d{8}|^\d{4}-\d{3}$| (CET|PM)$/.test(value)) || (type === 'real' && value.startsWith('0x'));
}

/** The locale, which the official image has and this machine does not have to have, and the reverse. */
const isOfMachine = (name: string, value: string): boolean => name.startsWith('lc_') && !['', 'C', 'POSIX', 'c', 'xx_YY.utf8'].includes(value);

/** Of every parameter that a user may set its nth value; of the targets of a recovery one at a time. */
function column(major: number, index: number, deciding = false): Setting[] {
  const rows = rowsOf(major).filter(([, , name]) => RESERVED[name.toLowerCase()] === undefined && !RELATED.has(name));
  const targets = rows.filter(([, , name]) => RECOVERY_TARGETS.includes(name)).flatMap((row) => valuesToTry(row).map((value) => [row, value] as const));
  return [
    ...rows.filter(([, , name]) => !RECOVERY_TARGETS.includes(name) && DECIDING.has(name) === deciding).map((row) => [row, valuesToTry(row)[index]] as const),
    ...targets.slice(index + (deciding ? columns(major).length : 0)).slice(0, 1),
  ].flatMap(([[, , name, type], value]): Setting[] => (value === undefined || isStricter(name, type, value) || isOfMachine(name, value) ? [] : [[name, value]]));
}

const columns = (major: number): number[] => [...Array(Math.max(...rowsOf(major).map((row) => valuesToTry(row).length))).keys()];

/** The expectation of the findings for each parameter. */
function ours(version: PostgresVersion, settings: readonly Setting[]): Map<string, Expectation> {
  const chart = chartIn();
  new Postgres(chart, 'db', { version, storage: PostgresStorage.durable({ size: Size.gibibytes(50) }), parameters: Object.fromEntries(settings) });
  const expectations: Readonly<Record<string, Expectation>> = { 'PGTLS-P21': 'refused', 'PGTLS-P23': 'refused', 'PGTLS-P70': 'refused', 'PGTLS-P71': 'ignored', 'PGTLS-P72': 'unknown' };
  return new Map(Validation.of(chart).findings().flatMap(({ rule: { code }, message }) => {
    const name = /parameter '([^']+)'/.exec(message)?.[1];
    const expectation = expectations[code];
    return name === undefined || expectation === undefined ? [] : [[name, expectation] as const];
  }));
}

describe.each(TRIED_VERSIONS)('PostgreSQL $major', (version) => {
  const { major } = version;
  const data = layoutOf(major).pgData;
  const file = `${layoutOf(major).temporary}/sweep.conf`;
  let pod: LocalPod;
  beforeAll(async () => { pod = await initializedPod(version); }, 60_000);
  afterAll(() => pod?.dispose());

  const write = (settings: readonly Setting[]): void => {
    const path = join(pod.hostPath('postgres', layoutOf(major).temporary), 'sweep.conf');
    writeFileSync(path, `data_directory = '${pod.hostPath('postgres', data)}'\nhuge_pages = off\n${renderParameters([...settings])}`);
    chmodSync(path, 0o644);
  };

  /** Those that the server refuses: it names most of them in one run, and the others are found by halves. */
  const refused = async (settings: readonly Setting[]): Promise<string[]> => {
    if (settings.length === 0) { return []; }
    write(settings);
    const { code, stderr } = await pod.exec('postgres', ['postgres', '-C', 'data_directory', '-D', data, '-c', `config_file=${file}`]);
    if (code === 0) { return []; }
    if (settings.length === 1) { return [settings[0]![0]]; }
    // Some complaints are of a parameter's own: `Bonjour is not supported by this build`.
    const named = new Set([...stderr.matchAll(/LOG: (.*)/g)].flatMap(([, text]) => /parameter "([^"]+)"/.exec(text!)?.slice(1) ?? text!.toLowerCase().split(/\W+/)));
    const [found, rest] = [settings.filter(([name]) => named.has(name)), settings.filter(([name]) => !named.has(name))];
    if (found.length > 0) { return [...found.map(([name]) => name), ...await refused(rest)]; }
    const half = settings.length >> 1;
    return [...await refused(settings.slice(0, half)), ...await refused(settings.slice(half))];
  };

  test('every value is refused by the server, or taken, as it is here', async () => {
    const differences: string[] = [];
    let asked = 0;
    for (const deciding of [false, true]) {
      for (const index of columns(major)) {
        const settings = column(major, index, deciding).filter(([name, value]) => !isLate(name, value));
        const [expectations, theirs] = [ours(version, settings), new Set(await refused(settings))];
        differences.push(...settings.filter(([name]) => expectations.get(name) !== 'unknown' && (expectations.get(name) === 'refused') !== theirs.has(name))
          .map(([name, value]) => `${name} = '${value}': ${theirs.has(name) ? 'the server alone refuses it' : 'it is refused here alone'}`));
        asked += settings.length;
      }
    }
    expect(differences).toEqual([]);
    expect(asked).toBeGreaterThan(10_000);
  }, 60_000);

  /** The values in a session of single-user mode, or why there is none. */
  const session = async (settings: readonly Setting[]): Promise<Map<string, string> | string> => {
    write(settings);
    const sql = "SELECT string_agg(name || '=' || setting, chr(1)) AS found FROM pg_settings";
    const { stdout, stderr } = await pod.exec('postgres', ['sh', '-c', `echo "${sql}" | postgres --single -F -D "$0" -c "config_file=$1" postgres`, data, file]);
    const found = /found = "([\s\S]*?)"\t\(typeid/.exec(stdout)?.[1];
    return found === undefined ? stderr : new Map(found.split('\u0001').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  };

  // What the server spells otherwise means the same; an empty command is shown as disabled.
  const RESPELT = new Set(['DateStyle', 'client_encoding', 'TimeZone', 'log_timezone']);

  test('what passes without a word is what a session has', async () => {
    const texts = new Set(rowsOf(major).filter(([, , , type]) => type === 'string').map(([, , name]) => name));
    const differences: string[] = [];
    for (const index of columns(major)) {
      const settings = column(major, index).filter(([name]) => texts.has(name));
      const expectations = ours(version, settings);
      const passing = settings.filter(([name, value]) => expectations.get(name) === undefined && !(name === 'archive_command' && value === ''));
      if (passing.length === 0) { continue; }
      const found = await session(passing);
      if (typeof found === 'string') { throw new Error(`${JSON.stringify(passing)}: ${found}`); }
      differences.push(...passing.filter(([name, value]) => !RESPELT.has(name) && found.get(name) !== value).map(([name, value]) => `${name} = '${value}': a session has '${found.get(name)}'`));
    }
    expect(differences).toEqual([]);
  }, 60_000);

  test.each<Setting>([
    ['wal_consistency_checking', 'xlog'], ['wal_consistency_checking', 'all, standby'], ['wal_consistency_checking', '*'],
    ['session_preload_libraries', '"it""s"'], ['local_preload_libraries', 'auto_explain'], ['local_preload_libraries', '/tmp/x'],
    ['client_encoding', 'mule-internal'],
  ])('%s = %s is refused, and the server or its session does not start', async (name, value) => {
    expect(ours(version, [[name, value]]).get(name)).toBe('refused');
    expect(await session([[name, value]])).toMatch(/FATAL:/);
  });
});
