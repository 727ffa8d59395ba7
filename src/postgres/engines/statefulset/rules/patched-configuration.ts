import type { WrittenDatabase } from '../../../plan/database-context';
import type { DatabasePlan } from '../../../plan/database-plan';
import { renderParameters } from '../../../plan/parameters';
import { refusesPlaintext } from '../../../plan/refuses-plaintext';
import { mapping, text } from '../../../../data';
import { parseConfFile, ParsedHbaRow, parseHba, printHba, refusedRow, takesChannel } from '../../../../postgresql';
import { Consequence, Rule, when } from '../../../../rules';

/** Settings that a patch may not change. */
const GUARDED = [
  'data_directory', 'hba_file', 'ident_file', 'listen_addresses', 'password_encryption', 'port', 'ssl', 'ssl_ca_file', 'ssl_cert_file', 'ssl_crl_file', 'ssl_key_file',
  'ssl_min_protocol_version', 'unix_socket_directories',
];

export const patchedConfiguration: Rule<WrittenDatabase> = {
  id: 'patched-configuration',
  code: 'PGTLS-W05',
  title: 'patched configuration contradicts sslMode, access rules or TLS settings',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, The pg_hba.conf File; docs/postgres.md, Access',
  check: ({ plan, written }) => {
    const data = mapping(mapping(written('config'))['data']);
    // PGTLS-W12 reports a missing file.
    return [
      ...('pg_hba.conf' in data ? accessFaults(plan, text(data['pg_hba.conf'])) : []), ...('postgresql.conf' in data ? settingFaults(plan, text(data['postgresql.conf'])) : []),
    ];
  },
  fix: 'remove the patch; use accessRules, parameters and tls to change these files',
};

function accessFaults(plan: DatabasePlan, file: string): string[] {
  const asPlanned = printHba(plan.access);
  if (file === asPlanned) { return []; }
  const [planned, rows] = [parseHba(asPlanned).rows, parseHba(file).rows];
  const known = new Set(planned.map((record) => record.text));
  const added = rows.filter((record) => !known.has(record.text));
  return [
    ...added.flatMap((record) => {
      const fault = refusedRow(record) ?? opening(record, plan);
      return fault === undefined ? [] : [`pg_hba.conf: the row '${record.text}' ${fault}`];
    }),
    ...orderFaults(planned, rows, added),
  ];
}

/** Why a row is not allowed; undefined if it is. */
function opening(row: ParsedHbaRow, { sslMode }: DatabasePlan): string | undefined {
  const isPlain = takesChannel(row, 'plaintext');
  if (row.method === 'trust') { return 'accepts connections without authentication'; }
  if (row.method === 'password' && isPlain) { return 'accepts unencrypted passwords'; }
  return isPlain && row.method !== 'reject' && refusesPlaintext(sslMode) ? `accepts plaintext connections, but sslMode '${sslMode}' requires TLS` : undefined;
}

/** The first row that matches decides: the reject rows must stay in place, and no row that admits may precede them. */
function orderFaults(planned: ReadonlyArray<ParsedHbaRow>, rows: ReadonlyArray<ParsedHbaRow>, added: ReadonlyArray<ParsedHbaRow>): string[] {
  const texts = rows.map((record) => record.text);
  const gone = planned.filter(({ method, text: row }) => method === 'reject' && !texts.includes(row));
  const kept = planned.map((record) => texts.indexOf(record.text)).filter((index) => index >= 0);
  const isInOrder = kept.every((index, position) => position === 0 || index > kept[position - 1]!);
  // The last reject row for named roles: it ends the rows for the superuser and the roles of the pod.
  const closing = texts.indexOf(planned.filter(({ method, users }) => method === 'reject' && !users.includes('all')).at(-1)?.text ?? '');
  const early = rows.slice(0, Math.max(0, closing)).filter((record) => added.includes(record) && record.method !== 'reject');
  return [
    ...gone.map((record) => `pg_hba.conf: the row '${record.text}' is missing`),
    ...when(!isInOrder, () => 'pg_hba.conf: the order of the rows has changed'),
    ...early.map((record) => `pg_hba.conf: the row '${record.text}' precedes the rows that reject the superuser and the roles of the pod`),
  ];
}

function settingFaults(plan: DatabasePlan, file: string): string[] {
  const planned = renderParameters(plan.parameters);
  if (file === planned) { return []; }
  const [before, after] = [parseConfFile(planned).settings, parseConfFile(file).settings];
  return GUARDED.filter((name) => before.get(name) !== after.get(name))
    .map((name) => `postgresql.conf: ${name} is ${after.has(name) ? `'${after.get(name)}'` : 'not set'}, but must be ${before.has(name) ? `'${before.get(name)}'` : 'unset'}`);
}
