import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ApiObject, JsonPatch, Size, Testing } from 'cdk8s';
import { CertificateAuthority, Postgres, PostgresStorage, PostgresVersion, SuperuserAccess } from '../../src';
import { layoutOf } from '../../src/postgres/plan/layout';
import { find, LocalCertManager, LocalDatabase, LocalPod, majorOf, Manifest, postgresBinaries } from '../local';
import { until } from '../support/eventually';
import { chartIn } from '../support/tree';
import { TRIED_VERSIONS, VERSIONS } from '../support/versions';

/** What initdb makes one after the other: its directory, its configuration, the first database. */
const MADE_BY_INITDB = ['', 'postgresql.conf', 'global/pg_control', 'base/1/pg_filenode.map'];

/** Starts the init container, and ends it as a crash would as soon as a file is there. */
async function endedOnceMade(pod: LocalPod, file: string): Promise<void> {
  const running = pod.start('init');
  await until(() => existsSync(file) || !running.running, `init makes ${file}`);
  await running.destroy();
}

function documentsOf(version: PostgresVersion): Manifest[] {
  const chart = chartIn();
  new Postgres(chart, 'db', {
    version,
    tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, superuserAccess: SuperuserAccess.certificate(),
    storage: PostgresStorage.durable({ size: Size.gibibytes(1) }),
  });
  return Testing.synth(chart);
}

describe.each(TRIED_VERSIONS)('PostgreSQL $major', (version) => {
  let database: LocalDatabase;
  beforeAll(async () => { database = await LocalDatabase.start({ documents: documentsOf(version) }); });
  afterAll(() => database?.stop());

  const login = () => {
    const certificate = database.certManager.secret('db-client-cert');
    return { host: 'db.demo.svc', certificate, trust: database.certManager.secret('db-server-cert').data['ca.crt'] };
  };

  test('is initialised and serves verified TLS 1.3', async () => {
    const rows = await database.ask('SELECT version, current_setting(\'server_version_num\')::int / 10000 AS major FROM pg_stat_ssl WHERE pid = pg_backend_pid()', login());
    expect(rows).toEqual([{ version: 'TLSv1.3', major: version.major }]);
  });

  test('has checksums, UTF-8 and a collation by code point', async () => {
    const [row] = await database.ask(`SELECT current_setting('data_checksums') AS checksums, pg_encoding_to_char(encoding) AS encoding, datcollate AS collate, 'Z' < 'a' AS by_code_point,
      upper('ä') = 'Ä' AS knows_letters FROM pg_database WHERE datname = 'postgres'`, login());
    expect(row).toEqual({ checksums: 'on', encoding: 'UTF8', collate: 'C.UTF-8', by_code_point: true, knows_letters: true });
  });

  test('keeps its data over restarts, for all modes that kubelet sets', async () => {
    await database.ask('CREATE TABLE kept AS SELECT 42 AS answer', login());
    chmodSync(database.pod.hostPath('postgres', pgDataOf(documentsOf(version))), 0o2770);
    await database.restart();
    expect(await database.ask('SELECT answer FROM kept', login())).toEqual([{ answer: 42 }]);
  });

  test('stops at once, sessions or not, by what kubelet runs before it takes the pod', async () => {
    const { containers } = find(documentsOf(version), 'StatefulSet').spec.template.spec;
    const open = await database.connect(login());
    expect(await database.pod.exec('postgres', containers.find(({ name }) => name === 'postgres')!.lifecycle!.preStop!.exec!.command)).toMatchObject({ code: 0 });
    expect(await database.server.exited).toMatchObject({ code: 0 });
    expect(database.server.logs).toContain('received fast shutdown request');
    await open.end().catch(() => undefined);
    await database.restart();
  });

  test('recovers committed data from a killed server', async () => {
    await database.ask('CREATE TABLE survived AS SELECT 7 AS answer', login());
    await database.restart('SIGKILL');
    expect(await database.ask('SELECT answer FROM survived', login())).toEqual([{ answer: 7 }]);
  });
});

test('a server in recovery is alive and not ready, however long it takes', async () => {
  const chart = chartIn();
  // Recovery asks for a file of an archive that answers when it is let.
  new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), parameters: { restore_command: 'until test -e /tmp/released; do sleep 0.1; done; false', hot_standby: 'off' } });
  const documents: Manifest[] = Testing.synth(chart);
  const pod = await LocalPod.create({ documents, major: 18 });
  try {
    expect((await pod.runInit('init')).code).toBe(0);
    writeFileSync(`${pod.hostPath('postgres', pgDataOf(documents))}/recovery.signal`, '', { mode: 0o644 });
    const server = pod.start('postgres');
    await server.waitFor(/database system was shut down at/);
    for (let look = 0; look < 6; look += 1) {
      expect({ ready: await pod.probe('postgres', 'readiness'), alive: await pod.probe('postgres', 'liveness') }).toEqual({ ready: false, alive: true });
    }
    writeFileSync(pod.hostPath('postgres', '/tmp/released'), '');
    await server.waitFor(/database system is ready to accept connections/, 60_000);
    expect(await pod.probe('postgres', 'readiness')).toBe(true);
  } finally {
    await pod.dispose();
  }
});

describe('the init script', () => {
  const documents = documentsOf(PostgresVersion.V18);
  let pod: LocalPod;
  let pgData: string;

  async function podOf(major: number): Promise<LocalPod> {
    return LocalPod.create({ documents, secrets: await new LocalCertManager(documents).issueAll(), major });
  }
  beforeEach(async () => {
    pod = await podOf(majorOf(documents));
    pgData = pod.hostPath('init', pgDataOf(documents));
  });
  afterEach(() => pod?.dispose());

  test('refuses an image of another major and leaves the volume untouched', async () => {
    await pod.dispose();
    pod = await podOf(17);
    const { code, stderr } = await pod.runInit('init');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('init: the image contains PostgreSQL 17, the manifest has PostgreSQL 18: set the version that matches the image') });
    expect(existsSync(dirname(pod.hostPath('init', pgDataOf(documents))))).toBe(false);
  });

  test('refuses data of another major', async () => {
    mkdirSync(pgData, { recursive: true });
    writeFileSync(`${pgData}/PG_VERSION`, '16\n');
    const { code, stderr } = await pod.runInit('init');
    expect(code).toBe(1);
    expect(stderr).toContain('was created by PostgreSQL 16, the manifest has PostgreSQL 18: upgrade the data with pg_upgrade, or with a dump and restore, first');
  });

  test('refuses files that it does not know', async () => {
    mkdirSync(pgData, { recursive: true });
    writeFileSync(`${pgData}/foreign.data`, '');
    const { code, stderr } = await pod.runInit('init');
    expect(code).toBe(1);
    expect(stderr).toContain('contains files but no PG_VERSION; refusing to initialize, because the files may be data');
    expect(existsSync(`${pgData}/foreign.data`)).toBe(true);
  });

  test('starts over after a crash in the middle, at every point', async () => {
    for (const file of MADE_BY_INITDB) {
      await endedOnceMade(pod, `${pgData}.unfinished/${file}`);
      expect(existsSync(pgData)).toBe(false);
    }
    expect((await pod.runInit('init')).code).toBe(0);
    expect(existsSync(`${pgData}.unfinished`)).toBe(false);
    expect(statSync(pgData).mode & 0o777).toBe(0o700);
  });

  test('does nothing to a directory that is complete but for its mode', async () => {
    await pod.runInit('init');
    const made = statSync(`${pgData}/PG_VERSION`).mtimeMs;
    chmodSync(pgData, 0o2770);
    const { code, stdout } = await pod.runInit('init');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(statSync(pgData).mode & 0o777).toBe(0o700);
    expect(statSync(`${pgData}/PG_VERSION`).mtimeMs).toBe(made);
  });

  test('takes an empty directory for no directory', async () => {
    const { code } = await pod.runInit('init');
    expect(code).toBe(0);
    rmSync(pgData, { recursive: true });
    mkdirSync(pgData);
    if (pod.runAs) { chownSync(pgData, pod.runAs.uid, pod.runAs.gid); }
    expect((await pod.runInit('init')).code).toBe(0);
  });
});

// Data of one major (columns: where an image or this package has put it) under the manifests of another: never a second database.
describe('data that is on the volume already', () => {
  const layouts = (major: number) => ['', 'pgdata', 'data', `${major}`, `${major}/docker`, `${major}/data`, `${major}/main`];
  const made = new Map<number, LocalPod>();
  const plain = new Map(VERSIONS.map((version) => {
    const chart = chartIn();
    new Postgres(chart, 'db', { version, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }) });
    return [version.major, Testing.synth(chart) as Manifest[]] as const;
  }));
  const podOf = (major: number) => LocalPod.create({ documents: plain.get(major)!, major });
  const volumeOf = (pod: LocalPod, major: number) => pod.hostPath('init', layoutOf(major).dataMount);

  beforeAll(async () => {
    for (const { major } of VERSIONS) {
      made.set(major, await podOf(major));
      expect((await made.get(major)!.runInit('init')).code).toBe(0);
    }
  }, 60_000);
  afterAll(async () => { for (const pod of made.values()) { await pod.dispose(); } });

  /** A fresh volume of one major's manifests, with the data of another at a place. */
  async function withData(of: number, at: string, under: number): Promise<{ code: number | null; stderr: string; directories: string[] }> {
    const pod = await podOf(under);
    try {
      const volume = volumeOf(pod, under);
      const target = join(volume, at);
      mkdirSync(dirname(target), { recursive: true });
      // Links in place of copies: the script may change the mode of a directory, and is to write no file.
      execFileSync('cp', ['-al', '-T', made.get(of)!.hostPath('init', layoutOf(of).pgData), target]);
      chmodSync(volume, 0o2777);
      const { code, stderr } = await pod.runInit('init');
      return { code, stderr: stderr.replaceAll(volume, 'VOLUME'), directories: readdirSync(volume, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('global')).map(dirname) };
    } finally {
      await pod.dispose();
    }
  }

  const majors = VERSIONS.map(({ major }) => major);
  test.each(majors.flatMap((of) => majors.filter((under) => under !== of).map((under) => [of, under] as const)))('of PostgreSQL %d, under manifests of %d', async (of, under) => {
    const own = layoutOf(of).pgData.slice(layoutOf(of).dataMount.length + 1);
    const { code, stderr, directories } = await withData(of, own, under);
    expect({ code, directories }).toEqual({ code: 1, directories: [own] });
    expect(stderr).toContain(`init: the data in VOLUME/${own} was created by PostgreSQL ${of}, the manifest has PostgreSQL ${under}: upgrade the data with pg_upgrade, or with a dump and restore, first`);
  });

  test.each([[17, 18], [18, 17], [14, 18]].flatMap(([of, under]) => layouts(of!).map((at) => [of!, at, under!] as const)))('of PostgreSQL %d in place "%s", under manifests of %d', async (of, at, under) => {
    const { code, stderr, directories } = await withData(of, at, under);
    expect({ code, directories }).toEqual({ code: 1, directories: [at === '' ? '.' : at] });
    expect(stderr).toMatch(new RegExp(`^init: the data in VOLUME\\S* was created by PostgreSQL ${of}, the manifest has PostgreSQL ${under}`));
  });

  test('of which no more than the version is known, or which cannot be looked into', async () => {
    const pod = await podOf(18);
    try {
      const place = join(volumeOf(pod, 18), 'pgdata');
      mkdirSync(place);
      writeFileSync(join(place, 'PG_VERSION'), '17\n');
      expect(await pod.runInit('init')).toMatchObject({ code: 1, stderr: expect.stringContaining(`the data in ${place} was created by PostgreSQL 17`) });
      chmodSync(place, 0o744);
      if (pod.runAs) { expect(await pod.runInit('init')).toMatchObject({ code: 1, stderr: expect.stringContaining(`cannot read ${place}`) }); }
    } finally {
      await pod.dispose();
    }
  });

  test.each(['', 'pgdata', '18', '18/data'])('of the same major at another place ("%s")', async (at) => {
    const { code, stderr, directories } = await withData(18, at, 18);
    expect({ code, directories }).toEqual({ code: 1, directories: [at === '' ? '.' : at] });
    expect(stderr).toContain('but the manifest expects it at VOLUME/18/docker: move it there');
  });
});

test('programs in a directory of their own are found there', async () => {
  const chart = chartIn();
  // Not below /tmp, which the pod has of its own.
  const folder = mkdtempSync('/var/tmp/programs-');
  chmodSync(folder, 0o755);
  symlinkSync(postgresBinaries(18).binDir, join(folder, 'bin'));
  new Postgres(chart, 'db', {
    version: PostgresVersion.of(18, 'example.com/base:18', { layout: { programs: join(folder, 'bin') } }), storage: PostgresStorage.ephemeral(),
  });
  const pod = await LocalPod.create({ documents: Testing.synth(chart), major: 18, imageEnv: { PATH: '/nowhere' } });
  try {
    expect(await pod.runInit('init')).toMatchObject({ code: 0 });
    await pod.startServer();
    expect(await pod.probe('postgres', 'readiness')).toBe(true);
  } finally {
    await pod.dispose();
    rmSync(folder, { recursive: true });
  }
});

describe('whose the data is', () => {
  const documents = documentsOf(PostgresVersion.V18);
  let pod: LocalPod;
  beforeEach(async () => { pod = await LocalPod.create({ documents, secrets: await new LocalCertManager(documents).issueAll(), major: 18 }); });
  afterEach(() => pod?.dispose());
  const volume = () => pod.hostPath('init', layoutOf(18).dataMount);
  // Only root can give files away.
  const asRoot = process.getuid!() === 0 ? test : test.skip;

  asRoot('data of another user is refused, and both are named', async () => {
    expect((await pod.runInit('init')).code).toBe(0);
    chownSync(pod.hostPath('init', layoutOf(18).pgData), 70, pod.runAs!.gid);
    chmodSync(pod.hostPath('init', layoutOf(18).pgData), 0o750);
    const { code, stderr } = await pod.runInit('init');
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`belongs to another user \\(UID 70, GID ${pod.runAs!.gid}, mode 750\\); this container runs as UID ${pod.runAs!.uid} with the groups ${pod.runAs!.gid}`));
  });

  asRoot('a directory that cannot be looked into may be data', async () => {
    mkdirSync(join(volume(), 'pgdata'), { mode: 0o700 });
    chownSync(join(volume(), 'pgdata'), 70, 70);
    const { code, stderr } = await pod.runInit('init');
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot read \S+pgdata \(UID 70, GID 70, mode \d*700\), which may be a data directory; this container runs as UID/);
    expect(existsSync(join(volume(), '18'))).toBe(false);
  });

  asRoot('lost+found of root is no data', async () => {
    mkdirSync(join(volume(), 'lost+found'), { mode: 0o700 });
    chownSync(join(volume(), 'lost+found'), 0, 0);
    expect((await pod.runInit('init')).code).toBe(0);
  });

  asRoot('lost+found of root hides no data', async () => {
    mkdirSync(join(volume(), 'lost+found'), { mode: 0o700 });
    chownSync(join(volume(), 'lost+found'), 0, 0);
    const place = join(volume(), 'pgdata');
    mkdirSync(place);
    writeFileSync(join(place, 'PG_VERSION'), '17\n');
    expect(await pod.runInit('init')).toMatchObject({ code: 1, stderr: expect.stringContaining(`the data in ${place} was created by PostgreSQL 17`) });
  });

  asRoot('a volume that cannot be written', async () => {
    chownSync(volume(), 0, 0);
    chmodSync(volume(), 0o755);
    const { code, stderr } = await pod.runInit('init');
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot write to \S+ \(UID 0, GID 0, mode 755\); this container runs as UID \d+ with the groups \d+: set fsGroup to the group of the volume/);
  });
});

test('a second pod does not start a second database, and logs the cause', async () => {
  const documents = documentsOf(PostgresVersion.V18);
  const pod = await LocalPod.create({ documents, secrets: await new LocalCertManager(documents).issueAll(), major: 18, ordinal: 1 });
  try {
    const { code, stderr } = await pod.runInit('init');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'init: pod db-1 would create a second database, and this package supports one instance: scale the StatefulSet back to 1 (kubectl scale statefulset db --replicas=1)\n',
    });
    expect(readdirSync(pod.hostPath('init', layoutOf(18).dataMount))).toEqual([]);
  } finally {
    await pod.dispose();
  }
});

test('the identity script names the UID that the platform has chosen', async () => {
  const chart = chartIn();
  const db = new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), podTemplate: { arbitraryUserId: true } });
  // The group is the platform's choice too.
  ApiObject.of(db).addJsonPatch(JsonPatch.add('/spec/template/spec/securityContext/fsGroup', 1_000_650_000));
  const pod = await LocalPod.create({ documents: Testing.synth(chart), major: 18 });
  try {
    expect(await pod.runInit('identity')).toMatchObject({ code: 0, stderr: '' });
    const { uid, gid } = pod.runAs ?? { uid: process.getuid!(), gid: process.getgid!() };
    expect(readFileSync(pod.hostPath('identity', '/identity/passwd'), 'utf8').split('\n')).toContain(`postgres:x:${uid}:${gid}::/var/lib/postgresql:/bin/sh`);
  } finally {
    await pod.dispose();
  }
});

describe('the log on a volume of its own', () => {
  const chart = chartIn();
  new Postgres(chart, 'db', {
    version: PostgresVersion.V17,
    tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, superuserAccess: SuperuserAccess.certificate(),
    storage: PostgresStorage.durable({ size: Size.gibibytes(1), wal: { size: Size.gibibytes(1) } }),
  });
  const documents: Manifest[] = Testing.synth(chart);
  const walOf = (pod: LocalPod) => pod.hostPath('init', '/var/lib/postgresql-wal/17/pg_wal');

  test('is there, and survives restarts', async () => {
    const database = await LocalDatabase.start({ documents });
    try {
      expect(readdirSync(walOf(database.pod)).filter((file) => /^[0-9A-F]{24}$/.test(file))).not.toEqual([]);
      await database.restart('SIGKILL');
    } finally {
      await database.stop();
    }
  });

  const plainChart = chartIn();
  new Postgres(plainChart, 'db', {
    version: PostgresVersion.V17, tls: { issuer: new CertificateAuthority(plainChart, 'ca').issuer }, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }),
  });
  const without: Manifest[] = Testing.synth(plainChart);
  const podOf = async (manifests: Manifest[]) => LocalPod.create({ documents: manifests, secrets: await new LocalCertManager(manifests).issueAll(), major: 17 });

  test.each<[string, Manifest[], Manifest[], RegExp]>([
    ['a WAL volume that is taken away', documents, without, /the WAL of \S+ is in \S+\/17\/pg_wal, on a volume that the manifest does not have: add the WAL volume to the manifest again/],
    ['a WAL volume that is empty, or another one', documents, documents, /the WAL of \S+ is missing: \S+\/17\/pg_wal does not exist on the WAL volume; restore both volumes from the same point in time/],
    ['a WAL volume beside data that has its WAL', without, documents, /the WAL is inside \S+, but the manifest has a separate WAL volume/],
  ])('refuses %s', async (_, before, after, reason) => {
    const [from, to] = [await podOf(before), await podOf(after)];
    try {
      expect((await from.runInit('init')).code).toBe(0);
      const [source, target] = [from, to].map((pod) => pod.hostPath('init', layoutOf(17).dataMount));
      execFileSync('cp', ['-a', '-T', source!, target!]);
      // The link leads to the volume as this pod sees it, for a path is the same in every pod.
      if (before === documents) {
        rmSync(join(target!, 'pgdata/pg_wal'));
        symlinkSync(before === after ? walOf(to) : walOf(from), join(target!, 'pgdata/pg_wal'));
      }
      const { code, stderr } = await to.runInit('init');
      expect(code).toBe(1);
      expect(stderr).toMatch(reason);
    } finally {
      await from.dispose();
      await to.dispose();
    }
  });

  describe('that is not the data\'s own', () => {
    let pod: LocalPod;
    let other: LocalPod;
    beforeAll(async () => {
      [pod, other] = [await podOf(documents), await podOf(documents)];
      for (const each of [pod, other]) { expect((await each.runInit('init')).code).toBe(0); }
    }, 60_000);
    afterAll(async () => { await pod?.dispose(); await other?.dispose(); });
    afterEach(async () => expect(await pod.runInit('init')).toMatchObject({ code: 0, stdout: '', stderr: '' }));
    const refused = async (reason: string) => expect(await pod.runInit('init')).toMatchObject({ code: 1, stderr: expect.stringContaining(reason) });

    /** Has a directory somewhere else for as long as something takes. */
    async function moved(from: string, to: string, run: () => Promise<unknown>): Promise<void> {
      mkdirSync(dirname(to), { recursive: true });
      renameSync(from, to);
      try { await run(); } finally { renameSync(to, from); }
    }

    test('because it is of another cluster', () => moved(walOf(pod), `${pod.root}/aside`, () => moved(walOf(other), walOf(pod), () => refused('belongs to a different database cluster than the data in'))));

    test('because there is none in it, unless an archive gives it', () => moved(walOf(pod), `${pod.root}/aside`, async () => {
      mkdirSync(walOf(pod));
      chmodSync(walOf(pod), 0o755);
      await refused('/17/pg_wal is empty');
      const signal = join(pod.hostPath('init', pgDataOf(documents)), 'recovery.signal');
      writeFileSync(signal, '');
      expect((await pod.runInit('init')).code).toBe(0);
      rmSync(signal);
      rmSync(walOf(pod), { recursive: true });
    }));

    test('because it is another major\'s, and no data is there', () => moved(pod.hostPath('init', pgDataOf(documents)), `${pod.root}/aside`, () =>
      moved(walOf(pod), walOf(pod).replace('/17/', '/14/'), async () => {
        await refused('/14/pg_wal contains WAL, but');
        expect(readdirSync(walOf(pod).replace('/17/', '/14/'))).not.toEqual([]);
      })));
  });

  test('remains of a crash are deleted; a log of other origin is not', async () => {
    const pod = await LocalPod.create({ documents, secrets: await new LocalCertManager(documents).issueAll(), major: 17 });
    try {
      for (const file of MADE_BY_INITDB) { await endedOnceMade(pod, `${pod.hostPath('init', pgDataOf(documents))}.unfinished/${file}`); }
      expect((await pod.runInit('init')).code).toBe(0);
      rmSync(pod.hostPath('init', pgDataOf(documents)), { recursive: true });
      const { code, stderr } = await pod.runInit('init');
      expect(code).toBe(1);
      expect(stderr).toContain('contains no database; refusing to initialize, because the WAL may hold committed transactions');
      expect(readdirSync(walOf(pod))).not.toEqual([]);
    } finally {
      await pod.dispose();
    }
  });
});

describe.each([14, 15])('initdb of PostgreSQL %d', (major) => {
  test('starts its own servers without huge pages: the sample has the setting before the first of them reads it', async () => {
    const version = VERSIONS.find((candidate) => candidate.major === major)!;
    const documents = documentsOf(version);
    const pod = await LocalPod.create({ documents, secrets: await new LocalCertManager(documents).issueAll(), major });
    try {
      expect((await pod.runInit('init')).code).toBe(0);
      const written = readFileSync(join(pod.hostPath('init', pgDataOf(documents)), 'postgresql.conf'), 'utf8');
      expect(written.match(/^huge_pages = .*$/gm)).toEqual(['huge_pages = off']);
    } finally {
      await pod.dispose();
    }
  });

  const withoutPages = existsSync('/proc/meminfo') && /^HugePages_Total:\s+0$/m.test(readFileSync('/proc/meminfo', 'utf8')) ? test : test.skip;
  withoutPages('and the server that fills the database reads it: with `on` it does not start on a machine that has no pages', async () => {
    const documents = documentsOf(VERSIONS.find((candidate) => candidate.major === major)!);
    const demanding = JSON.parse(JSON.stringify(documents).replaceAll("printf 'huge_pages = off", "printf 'huge_pages = on")) as Manifest[];
    const pod = await LocalPod.create({ documents: demanding, secrets: await new LocalCertManager(documents).issueAll(), major });
    try {
      expect(await pod.runInit('init')).toMatchObject({ code: 1, stderr: expect.stringContaining('could not map anonymous shared memory') });
    } finally {
      await pod.dispose();
    }
  });
});

function pgDataOf(documents: readonly Manifest[]): string {
  const { initContainers = [] } = find(documents, 'StatefulSet').spec.template.spec;
  return initContainers[0]!.env!.find(({ name }) => name === 'PGDATA')!.value!;
}
