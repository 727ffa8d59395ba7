import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, statSync, symlinkSync, unlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Size, Testing } from 'cdk8s';
import { DatabaseLocale, Postgres, PostgresInit, PostgresStorage, PostgresVersion } from '../../src';
import { layoutOf } from '../../src/postgres/private/layout';
import type { Manifest } from '../support/manifests';
import { LocalPod } from '../support/pod';
import { chartIn } from '../support/tree';

const VERSIONS = [PostgresVersion.V14, PostgresVersion.V15, PostgresVersion.V16, PostgresVersion.V17, PostgresVersion.V18];

function documentsOf(version: PostgresVersion, { wal = false, init }: { wal?: boolean; init?: PostgresInit } = {}): Manifest[] {
  const chart = chartIn();
  const size = Size.gibibytes(1);
  new Postgres(chart, 'db', { version, init, storage: PostgresStorage.durable({ size, wal: wal ? { size } : undefined }) });
  return Testing.synth(chart);
}

const podOf = (documents: Manifest[], major: number, ordinal = 0) =>
  LocalPod.create({ documents, major, ordinal, secrets: [{ name: 'db-auth', data: { password: 'a password' } }] });

/** A pod with a data directory that its own init has made. */
async function initialised(documents: Manifest[], major: number): Promise<LocalPod> {
  const pod = await podOf(documents, major);
  const { code, stdout, stderr } = await pod.runInit('init');
  if (code !== 0) { throw new Error(stdout + stderr); }
  return pod;
}

const volumeOf = (pod: LocalPod, major: number) => pod.hostPath('init', layoutOf(major).dataMount);
const pgDataOf = (pod: LocalPod, major: number) => pod.hostPath('init', layoutOf(major).pgData);

/** Every directory below a volume that holds a database. */
function databases(directory: string): string[] {
  if (existsSync(join(directory, 'PG_VERSION'))) { return [directory]; }
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? databases(join(directory, entry.name)) : []));
}

/** Puts a data directory somewhere for as long as something takes: itself, or its content where the place is there already. */
async function moved(from: string, to: string, run: () => Promise<void>): Promise<void> {
  const content = existsSync(to) ? readdirSync(from) : undefined;
  const made = content ? undefined : mkdirSync(dirname(to), { recursive: true });
  if (content) { content.forEach((name) => renameSync(join(from, name), join(to, name))); } else { renameSync(from, to); }
  try {
    await run();
  } finally {
    if (content) { content.forEach((name) => renameSync(join(to, name), join(from, name))); } else { renameSync(to, from); }
    for (let parent = dirname(to); made !== undefined && parent.length >= made.length; parent = dirname(parent)) { rmdirSync(parent); }
  }
}

describe('a volume with a database', () => {
  const sources = new Map<number, LocalPod>();
  const targets = new Map<number, LocalPod>();
  beforeAll(async () => {
    for (const version of VERSIONS) {
      const documents = documentsOf(version);
      sources.set(version.major, await initialised(documents, version.major));
      targets.set(version.major, await podOf(documents, version.major));
    }
  }, 60_000);
  afterAll(() => Promise.all([...sources.values(), ...targets.values()].map((pod) => pod.dispose())));

  const pairs = VERSIONS.flatMap(({ major: from }) => VERSIONS.map(({ major: to }) => [from, to] as const));
  test.each(pairs)('of %d, where this package put it, is taken by %d only if it is its own', async (from, to) => {
    const [source, target] = [sources.get(from)!, targets.get(to)!];
    const { dataMount, pgData } = layoutOf(from);
    const place = join(volumeOf(target, to), relative(dataMount, pgData));
    await moved(pgDataOf(source, from), place, async () => {
      const { code, stdout, stderr } = await target.runInit('init');
      expect({ code, stdout }).toEqual({ code: from === to ? 0 : 1, stdout: '' });
      if (from !== to) {
        expect(stderr).toMatch(new RegExp(`PostgreSQL ${from}`));
        expect(stderr).toContain('upgrade');
        expect(stderr).toContain(place);
      }
      expect(databases(volumeOf(target, to))).toEqual([place]);
    });
  });

  const places = ['', 'pgdata', 'data', '14/docker', '18/docker', '17', '17/data', '18/main', 'postgresql/18/main', 'a b/.hidden'];
  test.each([17, 18].flatMap((from) => [14, 17, 18].flatMap((to) => places.map((place) => [from, place, to] as const))))(
    'of %d in ./%s is not left beside an empty one by %d', async (from, place, to) => {
      const [source, target] = [sources.get(from)!, targets.get(to)!];
      const volume = volumeOf(target, to);
      if (join(volume, place) === pgDataOf(target, to)) { return; }
      await moved(pgDataOf(source, from), join(volume, place), async () => {
        const { code, stderr } = await target.runInit('init');
        expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`init: ${join(volume, place)}`.replace(/\/$/, '')) });
        expect(stderr).toContain(from === to ? 'move its files to' : `go back to version ${from}`);
        expect(databases(volume)).toEqual([join(volume, place).replace(/\/$/, '')]);
      });
    });

  test('left unfinished by another major is looked at first', async () => {
    const target = targets.get(18)!;
    await moved(pgDataOf(sources.get(17)!, 17), join(volumeOf(target, 18), 'pgdata.unfinished'), async () => {
      expect((await target.runInit('init')).stderr).toContain('what a killed initialisation left');
    });
  });

  const asRoot = process.getuid?.() === 0 ? test : test.skip;
  asRoot.each(['own place', 'elsewhere'])('of another owner (%s) is named with both UIDs', async (where) => {
    const target = targets.get(18)!;
    const place = where === 'elsewhere' ? join(volumeOf(target, 18), 'pgdata') : pgDataOf(target, 18);
    await moved(pgDataOf(sources.get(18)!, 18), place, async () => {
      const { uid, gid } = statSync(place);
      for (const mode of [0o700, 0o750]) {
        chownSync(place, 70, gid);
        chmodSync(place, mode);
        const { code, stderr } = await target.runInit('init');
        expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(`owner UID 70, group ${gid}.*this is UID ${uid}`) });
      }
      chownSync(place, uid, gid);
      chmodSync(place, 0o700);
    });
  });

  asRoot('that cannot be written is said in words; the root\'s own lost+found is no matter', async () => {
    const pod = await podOf(documentsOf(PostgresVersion.V18), 18);
    try {
      const volume = volumeOf(pod, 18);
      const { uid, gid, mode } = statSync(volume);
      mkdirSync(join(volume, 'lost+found'), { mode: 0o700 });
      chownSync(volume, 0, 0);
      chmodSync(volume, 0o755);
      const { code, stderr } = await pod.runInit('init');
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(`cannot write to ${volume} \\(owner UID 0, group 0, mode drwxr-xr-x.*this is UID ${pod.runAs!.uid}`) });
      chownSync(volume, uid, gid);
      chmodSync(volume, mode & 0o7777);
      expect(await pod.runInit('init')).toMatchObject({ code: 0 });
    } finally {
      await pod.dispose();
    }
  });

  test('is the first pod\'s alone', async () => {
    const pod = await podOf(documentsOf(PostgresVersion.V18), 18, 1);
    try {
      expect(await pod.runInit('init')).toMatchObject({ code: 1, stderr: expect.stringContaining('init: db-1 is not the first pod') });
      expect(databases(volumeOf(pod, 18))).toEqual([]);
    } finally {
      await pod.dispose();
    }
  });
});

describe('data and log', () => {
  const walOf = (pod: LocalPod) => pod.hostPath('init', layoutOf(17).walDirectory);
  let pod: LocalPod;
  let other: LocalPod;
  let plain: LocalPod;
  beforeAll(async () => {
    pod = await initialised(documentsOf(PostgresVersion.V17, { wal: true }), 17);
    other = await initialised(documentsOf(PostgresVersion.V17, { wal: true }), 17);
    plain = await initialised(documentsOf(PostgresVersion.V17), 17);
  }, 60_000);
  afterAll(() => Promise.all([pod, other, plain].map((each) => each?.dispose())));
  afterEach(async () => expect(await pod.runInit('init')).toMatchObject({ code: 0, stdout: '' }));

  test('the volume of the log is another, an empty one', () => moved(walOf(pod), `${pod.root}/aside`, async () => {
    expect(await pod.runInit('init')).toMatchObject({ code: 1, stderr: expect.stringContaining(`leads to ${walOf(pod)}, which is not there`) });
  }));

  test('a log with nothing in it', async () => {
    await moved(walOf(pod), `${pod.root}/aside`, async () => {
      mkdirSync(walOf(pod));
      chmodSync(walOf(pod), 0o755);
      expect(await pod.runInit('init')).toMatchObject({ code: 1, stderr: expect.stringContaining('which holds no log') });
      rmdirSync(walOf(pod));
    });
  });

  test('the log of another cluster', () => moved(walOf(pod), `${pod.root}/aside`, () => moved(walOf(other), walOf(pod), async () => {
    expect(await pod.runInit('init')).toMatchObject({ code: 1, stderr: expect.stringContaining('is the log of another cluster') });
  })));

  test('a log without its data, of this major or another', async () => {
    const { walDirectory } = layoutOf(17);
    for (const place of [walOf(pod), walOf(pod).replace('/17/', '/14/')]) {
      await moved(walOf(other), `${other.root}/aside`, () => moved(pgDataOf(pod, 17), `${pod.root}/data-aside`, () =>
        (place === walOf(pod) ? (_: string, __: string, run: () => Promise<void>) => run() : moved)(walOf(pod), place, async () => {
          expect(await pod.runInit('init')).toMatchObject({ code: 1, stderr: expect.stringContaining('holds no database: not touching') });
          expect(readdirSync(place)).not.toEqual([]);
          expect(walDirectory).toContain('/17/');
        })));
    }
  });

  test('a volume for the log that the data do not use', () => moved(pgDataOf(pod, 17), `${pod.root}/data-aside`, () => moved(pgDataOf(plain, 17), pgDataOf(pod, 17), async () => {
    expect(await pod.runInit('init')).toMatchObject({ code: 1, stderr: expect.stringContaining('is a directory on the data volume, but the manifest has a volume for the log') });
  })));

  test('data that lead to a volume which the manifest lacks', () => moved(pgDataOf(plain, 17), `${plain.root}/aside`, async () => {
    await moved(pgDataOf(pod, 17), pgDataOf(plain, 17), async () => {
      const link = join(pgDataOf(plain, 17), 'pg_wal');
      unlinkSync(link);
      symlinkSync('/var/lib/postgresql-wal/17/pg_wal', link);
      expect(await plain.runInit('init')).toMatchObject({ code: 1, stderr: expect.stringContaining('a volume of its own, which the manifest lacks') });
      unlinkSync(link);
      symlinkSync(walOf(pod), link);
    });
  }));
});

/** What a server in single-user mode answers: one column. */
async function ask(pod: LocalPod, sql: string): Promise<string> {
  const { stdout, stderr } = await pod.exec('postgres', ['sh', '-c', 'printf "%s\\n" "$0" | postgres --single -c config_file=/etc/postgresql/postgresql.conf postgres', sql]);
  const answer = /\d: answer = "(.*?)"\s+\(typeid/s.exec(stdout)?.[1];
  if (answer === undefined) { throw new Error(stdout + stderr); }
  return answer;
}

const WORDS = [
  ['ASCII', 'ascii'], ['BÜCHER', 'bücher'], ['GÜNEŞ', 'güneş'], ['ΑΘΗΝΑ', 'αθηνα'], ['МОСКВА', 'москва'], ['ŁÓDŹ', 'łódź'], ['ČESKÝ', 'český'], ['ÉCOLE', 'école'],
  ['ÅRHUS', 'århus'], ['ՀԱՅԱՍՏԱՆ', 'հայաստան'], ['ÞÓRÐUR', 'þórður'], ['ŐRSÉG', 'őrség'], ['ЇЖАК', 'їжак'], ['TIẾNG', 'tiếng'],
] as const;

const LOCALES = VERSIONS.flatMap((version) => [
  DatabaseLocale.libc('C.UTF-8'),
  ...(version.major >= 15 ? [DatabaseLocale.icu('de-DE')] : []),
  ...(version.major >= 17 ? [DatabaseLocale.builtin()] : []),
].map((locale) => [version.major, locale.provider, version, locale] as const));

const IN_FORCE = ['datestyle', 'default_text_search_config', 'lc_messages', 'lc_monetary', 'lc_numeric', 'lc_time', 'max_wal_size', 'min_wal_size'];

describe.each(LOCALES)('PostgreSQL %d with a locale by %s', (major, _, version, locale) => {
  let pod: LocalPod;
  // A segment of another size with one of them.
  const init = { locale, walSegmentSize: locale.provider === 'libc' ? Size.mebibytes(64) : undefined };
  beforeAll(async () => { pod = await initialised(documentsOf(version, { init }), major); }, 60_000);
  afterAll(() => pod?.dispose());

  test('finds a word however it is written, and has what initdb has chosen in force', async () => {
    const rows = WORDS.map(([upper, lower]) => `('${upper}', '${lower}')`).join(', ');
    const settings = IN_FORCE.map((name) => `'${name}=' || current_setting('${name}')`).join(" || '|' || ");
    const answer = await ask(pod, `SELECT coalesce((SELECT string_agg(u, ' ') FROM (VALUES ${rows}) AS w (u, l) `
      + `WHERE to_tsvector('simple', u) <> to_tsvector('simple', l) OR lower(u) <> l), 'all found') || '|' || ${settings} AS answer`);
    const file = readFileSync(join(pgDataOf(pod, major), 'postgresql.conf'), 'utf8');
    const chosen = (name: string) => new RegExp(`^${name} = '?([^'#\\t]*?)'?\\s*(#.*)?$`, 'm').exec(file)?.[1];
    expect(answer.split('|').map((text) => text.toLowerCase())).toEqual(['all found', ...IN_FORCE.map((name) => `${name}=${chosen(name)}`.toLowerCase())]);
  });
});

const withoutPages = existsSync('/proc/meminfo') && /HugePages_Total:\s+0\n/.test(readFileSync('/proc/meminfo', 'utf8')) ? test : test.skip;
withoutPages.each([PostgresVersion.V14, PostgresVersion.V15])('the server of initdb on $major reads what this package says of huge pages', async (version) => {
  const documents = documentsOf(version);
  const pod = await initialised(documents, version.major);
  expect(readFileSync(join(pgDataOf(pod, version.major), 'postgresql.conf'), 'utf8').match(/^huge_pages = .*$/gm)).toEqual(['huge_pages = off']);
  await pod.dispose();
  // It does not start where it must have pages that the machine lacks: so it was that file which it read.
  const demanding = JSON.parse(JSON.stringify(documents).replace('nhuge_pages = off', 'nhuge_pages = on')) as Manifest[];
  const failing = await podOf(demanding, version.major);
  const { code, stderr } = await failing.runInit('init');
  await failing.dispose();
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/could not map anonymous shared memory/) });
});
