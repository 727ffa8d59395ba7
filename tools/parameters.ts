import { App, Chart, Size, Testing } from 'cdk8s';
import { CertificateAuthority, Postgres, PostgresStorage, PostgresVersion, SuperuserAccess } from '../src';
import { POSTGRES_IMAGES } from '../src/postgres/images';
import { LocalDatabase } from '../test/local';

const VERSIONS = Object.entries(POSTGRES_IMAGES).map(([major, image]) => PostgresVersion.of(Number(major), image));

interface Setting {
  readonly name: string;
  readonly vartype: string;
  readonly context: string;
  readonly unit: string | null;
  readonly min_val: string | null;
  readonly max_val: string | null;
  readonly enumvals: string[] | null;
}

/** pg_settings of a running server, for every parameter that can be set; limits of counters that only bound the type are left out. */
async function settingsOf(version: PostgresVersion): Promise<Setting[]> {
  const chart = new Chart(new App(), 'chart', { namespace: 'demo' });
  new Postgres(chart, 'db', { version, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, superuserAccess: SuperuserAccess.certificate(), storage: PostgresStorage.durable({ size: Size.gibibytes(1) }) });
  const database = await LocalDatabase.start({ documents: Testing.synth(chart) });
  try {
    const certificate = database.certManager.secret('db-client-cert');
    return await database.ask<Setting>(
      "SELECT name, vartype, context, unit, min_val, max_val, enumvals FROM pg_settings WHERE context <> 'internal' AND name NOT LIKE '%.%'",
      { host: 'localhost', certificate, trust: database.certManager.secret('db-server-cert').data['ca.crt'] },
    );
  } finally {
    await database.stop();
  }
}

/** The text of `src/postgresql/generated/server-parameters.ts`. */
export async function describeServerParameters(): Promise<string> {
  const rows = new Map<string, { first: number; last: number }>();
  for (const version of VERSIONS) {
    for (const { name, vartype, context, unit, min_val, max_val, enumvals } of await settingsOf(version)) {
      const range = vartype === 'integer' || vartype === 'real' ? [Number(min_val), Number(max_val)] : enumvals ?? undefined;
      const row = JSON.stringify([name, vartype, context, unit ?? '', range ?? []]);
      rows.set(row, { first: rows.get(row)?.first ?? version.major, last: version.major });
    }
  }
  const lines = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([row, { first, last }]) => `  [${first}, ${last}, ${row.slice(1)},`);
  return [
    '// Written by tools/parameters.ts from pg_settings of each major (npm run parameters); not to be edited.',
    '/* eslint-disable */',
    '',
    "export type ParameterType = 'bool' | 'enum' | 'integer' | 'real' | 'string';",
    "export type ParameterContext = 'postmaster' | 'sighup' | 'superuser-backend' | 'backend' | 'superuser' | 'user';",
    '',
    '/** First and last major, name, type, context, unit, and the range of a number or the words of an enum. */',
    'export type ParameterRow = readonly [number, number, string, ParameterType, ParameterContext, string, ReadonlyArray<number | string>];',
    '',
    'export const SERVER_PARAMETERS: ReadonlyArray<ParameterRow> = [',
    ...lines,
    '];',
    '',
  ].join('\n');
}

if (require.main === module) {
  void describeServerParameters().then((text) => process.stdout.write(text));
}
