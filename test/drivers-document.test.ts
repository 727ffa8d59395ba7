import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DRIVER_REQUIREMENTS, type Driver } from '../src/postgresql';
import { printed } from './support/document-program';
import { markedBlock, REPOSITORY } from './support/repository';

const read = (...path: string[]) => readFileSync(join(REPOSITORY, ...path), 'utf8');
const DOCUMENT = read('docs/drivers.md');
const PROGRAMS = 'test/drivers/programs';

/** The release that a lock file has for a package. */
const inLock = (file: string, pattern: RegExp): string => pattern.exec(read(PROGRAMS, file))![1]!;
const python = (name: string): string => inLock('psycopg/requirements.txt', new RegExp(`^${name}==(\\S+)`, 'm'));
const go = (name: string): string => inLock('go/go.mod', new RegExp(`${name} v(\\S+)`));
const rust = (name: string): string => inLock('rust/Cargo.lock', new RegExp(`name = "${name}"\\nversion = "(.*)"`));
const installed = (name: string): string => (JSON.parse(read('package-lock.json')) as { readonly packages: Record<string, { readonly version: string }> }).packages[`node_modules/${name}`]!.version;

/** Cells of the table of what was run, by the first one. */
const rows = new Map([...DOCUMENT.split('## What was run')[1]!.split('## Keys')[0]!.matchAll(/^\| (.*) \|$/gm)].map(([, row]) => row!.split(' | ')).map(([name, ...cells]) => [name!, cells]));

test('the releases are those of the lock files', () => {
  const releases: Readonly<Record<Exclude<Driver, 'psql' | 'Npgsql'>, string>> = {
    'psycopg': python('psycopg'), 'node-postgres': installed('pg'), 'pgx': go('github.com/jackc/pgx/v5'), 'lib/pq': go('github.com/lib/pq'),
    'pgjdbc': inLock('pgjdbc/pom.xml', /<artifactId>postgresql<\/artifactId>\s*<version>(.*)<\/version>/), 'tokio-postgres': rust('tokio-postgres'), 'sqlx': rust('sqlx'),
  };
  for (const [driver, release] of Object.entries(releases)) { expect([driver, rows.get(driver)?.[0]?.split(' ')[0]]).toEqual([driver, release]); }
  const others = [`psycopg_pool ${python('psycopg-pool')}`, `SQLAlchemy ${python('sqlalchemy')}`, `Django ${python('django')}`, `@prisma/adapter-pg ${inLock('prisma/package-lock.json', /"node_modules\/@prisma\/adapter-pg": \{\s*"version": "(.*)"/)}`,
    `tokio-postgres-rustls ${rust('tokio-postgres-rustls')}`, `rustls ${rust('rustls')}`];
  expect(others.filter((text) => !DOCUMENT.includes(text))).toEqual([]);
  expect(installed('pg18')).toContain(/PostgreSQL (18\.\d+)/.exec(DOCUMENT)![1]);
});

test('what it states of each driver is what the suites check', () => {
  const stated = Object.keys(DRIVER_REQUIREMENTS).map((driver) => [driver, ...rows.get(driver)!.slice(2)]);
  expect(stated).toEqual(Object.entries(DRIVER_REQUIREMENTS).map(([driver, { readsIdentity, readsCa, checksKeyMode }]) => [driver, readsIdentity, readsCa, checksKeyMode ? 'yes' : 'no']));
  expect(Object.entries(DRIVER_REQUIREMENTS).filter(([, { outputFormats }]) => outputFormats.length > 0).map(([driver]) => driver)).toEqual(['pgjdbc']);
});

test('its programs are those that were run', () => {
  expect(read(PROGRAMS, 'go/main.go')).toContain(markedBlock(DOCUMENT, 'program: pgx'));
  expect(read(PROGRAMS, 'rust/src/main.rs')).toContain(markedBlock(DOCUMENT, 'program: tokio-postgres'));
  expect(printed(`${markedBlock(DOCUMENT, 'program: drivers')}\nconsole.log(connection.jdbcProperties()['sslkey'], connection.dsn().split(' ')[0]);`).trim())
    .toBe('/pg/client/key.der host=orders-db.orders.svc');
});
