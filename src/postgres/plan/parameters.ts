import { isExtensionParameter, lookUpParameter, numberIn, Parameter, restartsExtension } from '../../postgresql';

/** Defaults of PostgreSQL for what is not set, of the parameters that rules compare. */
const SERVER_DEFAULTS: Readonly<Record<string, string>> = {
  archive_mode: 'off', autovacuum_max_workers: '3', autovacuum_worker_slots: '16', hash_mem_multiplier: '2', maintenance_work_mem: '64MB', max_connections: '100',
  max_wal_senders: '10', max_wal_size: '1GB', max_worker_processes: '8', min_wal_size: '80MB', reserved_connections: '0', shared_buffers: '128MB',
  superuser_reserved_connections: '3', wal_keep_size: '0', wal_level: 'replica', work_mem: '4MB',
};

/** What the server will make of a parameter: the last one counts. Empty where that is not known here. */
export function parameterValue({ parameters }: { readonly parameters: ReadonlyArray<Parameter> }, name: string): string {
  const entry = [...parameters].reverse().find(([other]) => other.toLowerCase() === name);
  return entry === undefined ? SERVER_DEFAULTS[name] ?? '' : String(entry[1]);
}

/** A parameter as a number of its unit; that of the default where the value is none. */
export function parameterAmount(plan: { readonly parameters: ReadonlyArray<Parameter> }, name: string, unit: string): number {
  return numberIn(parameterValue(plan, name), unit) ?? numberIn(SERVER_DEFAULTS[name] ?? '', unit) ?? 0;
}

/** The size of shared_buffers. */
export function sharedBuffersKib(plan: { readonly parameters: ReadonlyArray<Parameter> }): number {
  return parameterAmount(plan, 'shared_buffers', '8kB') * 8;
}

/** The parameters that a server reads only at the start. */
export function restartParameters(parameters: ReadonlyArray<Parameter>, major: number): Parameter[] {
  return parameters.filter(([name]) => (isExtensionParameter(name) ? restartsExtension(name) : lookUpParameter(major, name)?.context === 'postmaster'));
}

/** The text of postgresql.conf. */
export function renderParameters(parameters: ReadonlyArray<Parameter>): string {
  return parameters.map(([name, value]) => `${name} = ${literal(value)}`).join('\n') + '\n';
}

function literal(value: string | number | boolean): string {
  if (typeof value === 'boolean') { return value ? 'on' : 'off'; }
  // Source: PostgreSQL src/backend/utils/misc/guc-file.l, DeescapeQuotedString: a backslash escapes.
  return typeof value === 'number' ? String(value) : `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
