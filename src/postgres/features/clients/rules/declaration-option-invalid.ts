import type { ClientOptions } from '../client-options';
import { Privilege } from '../client-privileges';
import type { DatabaseOptions } from '../database-options';
import type { GrantKind } from '../grant-kind';
import { callOf, presentRoles } from '../resolve-declarations';
import type { DatabaseContext } from '../../../plan/database-context';
import { entryPath } from '../../../../data';
import { encodingFault, networkAddressError, settingFault } from '../../../../postgresql';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

/** Source: PostgreSQL, Privileges. CONNECT is every client's. */
const APPLICABLE: Readonly<Record<GrantKind, ReadonlyArray<Privilege>>> = {
  database: [Privilege.CREATE, Privilege.TEMPORARY],
  schema: [Privilege.CREATE, Privilege.USAGE],
  table: [Privilege.SELECT, Privilege.INSERT, Privilege.UPDATE, Privilege.DELETE, Privilege.TRUNCATE, Privilege.REFERENCES, Privilege.TRIGGER, Privilege.MAINTAIN],
  sequence: [Privilege.SELECT, Privilege.UPDATE, Privilege.USAGE],
  routine: [Privilege.EXECUTE],
};

const LARGEST = 2_147_483_647;

/** A date and a time with a time zone. */
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)$/;

type Problem = readonly [field: string, problem: string];

export const declarationOptionInvalid: Rule<DatabaseContext> = {
  id: 'declaration-option-invalid',
  code: 'PGTLS-P99',
  title: 'invalid option of a declared database, role or client',
  consequence: Consequence.NEVER_READY,
  sources: [
    postgresPage('sql-createrole.html', 'CREATE ROLE'), postgresPage('sql-alterrole.html', 'ALTER ROLE'), postgresPage('ddl-priv.html', 'Privileges'),
    postgresPage('auth-pg-hba-conf.html', 'The pg_hba.conf File'),
  ],
  check: ({ props: { init }, plan: { major, declarations } }, report) => {
    const all = [
      ...declarations.databases.map(({ name, options }) => ({ what: `database '${name}'`, call: callOf('addDatabase', name), problems: common(major, init?.encoding, options) })),
      ...presentRoles(declarations).map(({ name, call, isClient, options }) => ({
        what: `${isClient ? 'client' : 'role'} '${name}'`, call,
        problems: [...common(major, init?.encoding, options), ...ending(options.validUntil), ...(isClient ? ofClient(major, init?.encoding, options) : [])],
      })),
    ];
    for (const { what, call, problems } of all) { for (const [field, problem] of problems) { report(`${call}.${field}`, `${what}: ${problem}`); } }
  },
  fix: 'correct the option as the reference of the method describes it',
};

function common(major: number, encoding: string | undefined, options: Pick<DatabaseOptions, 'connectionLimit' | 'settings' | 'resetSettings'>): Problem[] {
  const { connectionLimit: limit = 1, settings = {}, resetSettings = [] } = options;
  const set = new Set(Object.keys(settings).map((name) => name.toLowerCase()));
  return [
    ...(Number.isInteger(limit) && limit >= 0 && limit <= LARGEST ? [] : [['connectionLimit', `connectionLimit ${limit} is not a whole number from 0 to ${LARGEST}; omit it for no limit`] as const]),
    ...Object.entries(settings).flatMap(([name, value]): Problem[] => {
      const fault = settingFault(major, name, value) ?? encodingFault(encoding, value);
      return fault === undefined ? [] : [[entryPath('settings', name), `parameter '${name}' ${fault}`]];
    }),
    ...resetSettings.flatMap((name, index): Problem[] => {
      const fault = set.has(name.toLowerCase()) ? 'is set by settings as well' : settingFault(major, name);
      return fault === undefined ? [] : [[`resetSettings[${index}]`, `parameter '${name}' ${fault}`]];
    }),
  ];
}

function ending(time: string | undefined): Problem[] {
  return time === undefined || (TIME.test(time) && !Number.isNaN(Date.parse(time.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))))
    ? [] : [['validUntil', `validUntil '${time}' is not a time in ISO 8601 with a time zone, such as 2027-01-31T00:00:00Z`]];
}

function ofClient(major: number, encoding: string | undefined, { database, databases, privileges, schemas, addresses, password, certificate }: ClientOptions): Problem[] {
  const kind = privileges?.kind ?? 'owner';
  return [
    ...(database !== undefined && databases !== undefined ? [['databases', 'has both database and databases; set one of them'] as const] : []),
    ...(databases?.length === 0 ? [['databases', 'has an empty list of databases'] as const] : []),
    ...(addresses?.length === 0 ? [['addresses', 'has an empty list of addresses'] as const] : []),
    ...(schemas?.length === 0 ? [['schemas', 'has an empty list of schemas'] as const] : []),
    ...(schemas !== undefined && !['readWrite', 'readOnly'].includes(kind) ? [['schemas', `schemas is for readWrite and readOnly, not for ${kind}`] as const] : []),
    ...(password !== undefined && certificate !== undefined ? [['certificate', 'has options of a certificate, but logs in with a password'] as const] : []),
    ...(password !== undefined && password.key === '' ? [['password', 'the key of its password is empty'] as const] : []),
    ...(addresses ?? []).flatMap((address, index): Problem[] => {
      const fault = networkAddressError(address);
      return fault === undefined ? [] : [[`addresses[${index}]`, `address '${address}' ${fault}`]];
    }),
    ...(privileges?._grants ?? []).flatMap(({ _on, _privileges, _options: { names } }): Problem[] => [
      ..._privileges.filter((privilege) => !APPLICABLE[_on].includes(privilege)).map((privilege) => ['privileges', `a ${_on} has no privilege ${privilege}; it has ${APPLICABLE[_on].join(', ')}`] as const),
      ...(_privileges.includes(Privilege.MAINTAIN) && _on === 'table' && major < 17 ? [['privileges', `PostgreSQL ${major} has no privilege MAINTAIN; it exists from 17 on`] as const] : []),
      ...(_privileges.length === 0 ? [['privileges', `a grant on a ${_on} has no privileges`] as const] : []),
      ...(names?.length === 0 ? [['privileges', `a grant on a ${_on} has an empty list of names; omit it for all of the schema`] as const] : []),
      ...(names ?? []).flatMap((name): Problem[] => {
        const fault = encodingFault(encoding, name);
        return fault === undefined ? [] : [['privileges', `the name '${name}' of a grant on a ${_on} ${fault}`]];
      }),
    ]),
  ];
}
