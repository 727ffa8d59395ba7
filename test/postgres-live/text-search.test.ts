import { Size, Testing } from 'cdk8s';
import { CertificateAuthority, DatabaseLocale, Postgres, PostgresStorage, PostgresVersion, SuperuserAccess } from '../../src';
import { LocalDatabase, type Manifest } from '../local';
import { chartIn } from '../support/tree';
import { TRIED_VERSIONS } from '../support/versions';

// Up to 17 the parser of text search asks the C library which letters belong together, for every collation provider: with the locale `C` it knows ASCII alone,
// and a search for `bücher` does not find `BÜCHER`.
const WORDS = [['BÜCHER', 'bücher'], ['ÉCOLE', 'école'], ['ÅRSMØTE', 'årsmøte'], ['ŁÓDŹ', 'łódź'], ['ČESKÝ', 'český'], ['ΑΘΗΝΑ', 'αθηνα'], ['МОСКВА', 'москва']];

const LOCALES: ReadonlyArray<readonly [string, number, DatabaseLocale | undefined]> = [
  ['the default', 14, undefined],
  ['libc', 14, DatabaseLocale.libc('C.UTF-8')],
  ['icu', 15, DatabaseLocale.icu('de-DE')],
  ['builtin', 17, DatabaseLocale.builtin()],
];
const CASES = TRIED_VERSIONS.flatMap((version) =>
  LOCALES.filter(([, since]) => version.major >= since).map(([name, , locale]) => ({ major: version.major, name, version, locale })));

test.concurrent.each(CASES)('PostgreSQL $major, $name: letters outside of ASCII are lower-cased, and English is stemmed', async ({ version, locale }) => {
  const chart = chartIn();
  new Postgres(chart, 'db', {
    version, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, superuserAccess: SuperuserAccess.certificate(), storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), init: { locale },
  });
  const database = await LocalDatabase.start({ documents: Testing.synth(chart) as Manifest[] });
  try {
    const certificate = database.certManager.secret('db-client-cert');
    const ask = (sql: string) => database.ask<{ answer: unknown }>(sql, { host: 'db.demo.svc', certificate, trust: database.certManager.secret('db-server-cert').data['ca.crt'] }).then(([row]) => row!.answer);
    for (const [upper, lower] of WORDS) {
      expect(await ask(`SELECT to_tsvector('simple', '${upper}')::text AS answer`)).toBe(`'${lower}':1`);
      expect(await ask(`SELECT to_tsvector('simple', '${upper}') @@ to_tsquery('simple', '${lower}') AS answer`)).toBe(true);
    }
    // What initdb would have chosen for a server that reads its file.
    expect(await ask("SELECT current_setting('default_text_search_config') AS answer")).toBe('pg_catalog.english');
    expect(await ask("SELECT to_tsvector('The cats are running')::text AS answer")).toBe("'cat':2 'run':4");
  } finally {
    await database.stop();
  }
}, 60_000);

test.concurrent.each([1, 32, 64, 1024])('WAL segments of %d MiB: the server starts', async (segment) => {
  const chart = chartIn();
  new Postgres(chart, 'db', {
    version: PostgresVersion.V18, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, superuserAccess: SuperuserAccess.certificate(), storage: PostgresStorage.durable({ size: Size.gibibytes(100) }),
    init: { walSegmentSize: Size.mebibytes(segment) },
  });
  const database = await LocalDatabase.start({ documents: Testing.synth(chart) as Manifest[] });
  await database.stop();
}, 60_000);
