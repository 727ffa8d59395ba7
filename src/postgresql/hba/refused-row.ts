import { AnyHbaRow, HBA_METHODS, HBA_TYPES, optionOf } from './row';

const WITH_MAP: ReadonlySet<string> = new Set(['ident', 'peer', 'gss', 'sspi', 'cert', 'oauth']);

/** Why PostgreSQL rejects the whole file because of a row. Source: PostgreSQL src/backend/libpq/hba.c, parse_hba_line (14 to 18). */
export function refusedRow(row: AnyHbaRow): string | undefined {
  const { type, method, databases, users } = row;
  if (!(HBA_TYPES as ReadonlyArray<string>).includes(type)) { return `has the type '${type}', which does not exist`; }
  if (databases.length === 0 || users.length === 0 || method === '') { return 'has no authentication method'; }
  if (!(HBA_METHODS as ReadonlyArray<string>).includes(method)) { return `has the method '${method}', which does not exist`; }
  const clientcert = optionOf(row, 'clientcert');
  if (method === 'cert' && type !== 'hostssl') { return "has the method 'cert', which only a hostssl row may have"; }
  if (clientcert !== undefined && type !== 'hostssl') { return "has 'clientcert', which only a hostssl row may have"; }
  if (clientcert !== undefined && !['verify-ca', 'verify-full'].includes(clientcert)) { return `has clientcert=${clientcert}, which is neither verify-ca nor verify-full`; }
  if (method === 'cert' && clientcert === 'verify-ca') { return "has clientcert=verify-ca together with the method 'cert', which supports verify-full only"; }
  if (optionOf(row, 'map') !== undefined && !WITH_MAP.has(method)) { return `has a map, which the method '${method}' does not support`; }
  if (method === 'peer' && type !== 'local') { return "has the method 'peer', which only a local row may have"; }
  return undefined;
}
