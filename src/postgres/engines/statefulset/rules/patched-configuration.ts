import { type WrittenDatabase, writtenField } from '../../../plan/database-context';
import type { DatabasePlan } from '../../../plan/database-plan';
import { renderParameters } from '../../../plan/parameters';
import { refusesPlaintext } from '../../../plan/refuses-plaintext';
import { mapping, text } from '../../../../data';
import { parseConfFile, type ParsedHbaRow, parseHba, printHba, refusedRow, takesChannel } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule, source } from '../../../../rules';

const HBA_FILE = 'pg_hba.conf';
const CONF_FILE = 'postgresql.conf';

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
  sources: [postgresPage('auth-pg-hba-conf.html', 'The pg_hba.conf File'), source('docs/postgres.md, Access')],
  check: ({ plan, written }, report) => {
    const data = mapping(mapping(written('config'))['data']);
    // PGTLS-W12 reports a missing file.
    if (HBA_FILE in data) { reportAccess(plan, text(data[HBA_FILE]), (problem) => { report(writtenField(written('config'), `data['${HBA_FILE}']`), `${HBA_FILE}: ${problem}`); }); }
    if (CONF_FILE in data) { reportSettings(plan, text(data[CONF_FILE]), (problem) => { report(writtenField(written('config'), `data['${CONF_FILE}']`), problem); }); }
  },
  fix: 'remove the patch; use accessRules, parameters and tls to change these files',
};

function reportAccess(plan: DatabasePlan, file: string, report: (problem: string) => void): void {
  const asPlanned = printHba(plan.access);
  if (file === asPlanned) { return; }
  const [planned, rows] = [parseHba(asPlanned).rows, parseHba(file).rows];
  const known = new Set(planned.map((record) => record.text));
  const added = rows.filter((record) => !known.has(record.text));
  for (const record of added) {
    const fault = refusedRow(record) ?? opening(record, plan);
    if (fault !== undefined) { report(`the row '${record.text}' ${fault}`); }
  }
  reportOrder(planned, rows, added, report);
}

/** Why a row is not allowed; undefined if it is. */
function opening(row: ParsedHbaRow, { sslMode }: DatabasePlan): string | undefined {
  const isPlain = takesChannel(row, 'plaintext');
  if (row.method === 'trust') { return 'accepts connections without authentication'; }
  if (row.method === 'password' && isPlain) { return 'accepts unencrypted passwords'; }
  return isPlain && row.method !== 'reject' && refusesPlaintext(sslMode) ? `accepts plaintext connections, but sslMode '${sslMode}' requires TLS` : undefined;
}

/** The first row that matches decides: the reject rows must stay in place, and no row that admits may precede them. */
function reportOrder(
  planned: ReadonlyArray<ParsedHbaRow>, rows: ReadonlyArray<ParsedHbaRow>, added: ReadonlyArray<ParsedHbaRow>, report: (problem: string) => void,
): void {
  const texts = rows.map((record) => record.text);
  for (const record of planned.filter(({ method, text: row }) => method === 'reject' && !texts.includes(row))) { report(`the row '${record.text}' is missing`); }
  const kept = planned.map((record) => texts.indexOf(record.text)).filter((index) => index >= 0);
  const isInOrder = kept.every((index, position) => position === 0 || index > kept[position - 1]!);
  if (!isInOrder) { report('the order of the rows has changed'); }
  // The last reject row for named roles: it ends the rows for the superuser and the roles of the pod.
  const closing = texts.indexOf(planned.filter(({ method, users }) => method === 'reject' && !users.includes('all')).at(-1)?.text ?? '');
  for (const record of rows.slice(0, Math.max(0, closing)).filter((row) => added.includes(row) && row.method !== 'reject')) {
    report(`the row '${record.text}' precedes the rows that reject the superuser and the roles of the pod`);
  }
}

function reportSettings(plan: DatabasePlan, file: string, report: (problem: string) => void): void {
  const planned = renderParameters(plan.parameters);
  if (file === planned) { return; }
  const [before, after] = [parseConfFile(planned).settings, parseConfFile(file).settings];
  for (const name of GUARDED.filter((guarded) => before.get(guarded) !== after.get(guarded))) {
    const now = after.has(name) ? `'${after.get(name)}'` : 'not set';
    report(`${CONF_FILE}: ${name} is ${now}, but must be ${before.has(name) ? `'${before.get(name)}'` : 'unset'}`);
  }
}
