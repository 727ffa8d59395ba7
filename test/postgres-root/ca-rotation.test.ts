import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { rotating, steady } from '../../examples/ca-rotation';
import { CaRotationStage } from '../../src';
import { bundleConfigMap, type CertificateManifest, find, findAll, LocalCertManager, LocalDatabase, type LocalProcess, type LocalSecret, Login, servedCertificate } from '../local';
import { until } from '../support/eventually';
import { synthesize, type Synthesis } from '../support/synthesis';
import { asInTheImage, demandSystem, POSTGRES } from './support';

demandSystem();

// The stages of examples/ca-rotation.ts, each synthesized against the one before, applied as the controllers would, to one running
// server with its real reloader. The order within a stage is the worst one: what depends on a change comes before it.
const before = synthesize((app) => steady(app, 'orders-ca'));
const stages: Record<string, Synthesis> = {};
let last = before;
for (const stage of Object.values(CaRotationStage)) {
  const { committed } = last;
  last = stages[stage] = synthesize((app) => rotating(app, stage, committed));
}
const after = synthesize((app) => steady(app, 'orders-ca-2'));

const HOST = 'orders-db.orders.svc';
const LEAVES = ['orders-db-server-cert', 'orders-db-client-cert'];

let secrets: LocalSecret[];
let database: LocalDatabase;
let reloader: LocalProcess;
let open: Client;
let firstPid: number;
let old: { root: string; certificate: LocalSecret };
let fresh: { root: string; certificate: LocalSecret };
/** The files that the application's own pod mounts: it connects all the time, and must always succeed. */
let application: Login;
let running = true;
const refused: string[] = [];
let entered = 0;
let knocking: Promise<void>;

const secret = (name: string) => secrets.find((candidate) => candidate.name === name)!;
const trustOf = ({ documents }: Synthesis) => bundleConfigMap(find(documents, 'Bundle'), secrets, 'orders');
const caCertificatesOf = (documents: Synthesis['documents']) => findAll(documents, 'Certificate').filter(({ spec }) => spec.isCA);

/** cert-manager: issues one Certificate of a stage, by the issuer that it names there. */
async function issue({ documents }: Synthesis, certificate: string): Promise<LocalSecret> {
  const issued = await new LocalCertManager(documents, secrets).issue(certificate);
  secrets = [...secrets.filter(({ name }) => name !== issued.name), issued];
  return issued;
}

/** trust-manager and kubelet: the bundle's ConfigMap changes, and with it the volume. */
async function spread(stage: Synthesis): Promise<string> {
  const seen = reloader.logs.length;
  const configMap = trustOf(stage);
  database.pod.updateConfigMap(configMap);
  await reloader.waitFor(/reloaded, serving/, 15_000, seen);
  return configMap.data!['ca.crt']!;
}

const login = (trust: string, certificate: LocalSecret): Login => ({ host: HOST, trust, certificate });
const entersWith = (trust: string, certificate: LocalSecret) => expect(database.ask('SELECT 1', login(trust, certificate))).resolves.toHaveLength(1);

beforeAll(async () => {
  secrets = [];
  for (const { metadata } of caCertificatesOf(before.documents)) { await issue(before, metadata.name!); }
  const platform = [...before.documents.filter((document) => (document as CertificateManifest).spec?.isCA !== true), trustOf(before)];
  database = await LocalDatabase.start({ documents: platform, secrets, runAs: POSTGRES, wrapper: asInTheImage() });
  secrets = database.certManager.secrets;
  reloader = database.pod.start('reloader');
  await reloader.waitFor(/reloaded, serving/);
  old = { root: secret('orders-ca-key-pair').data['ca.crt']!, certificate: secret('orders-db-client-cert') };
  application = login(trustOf(before).data!['ca.crt']!, old.certificate);
  open = await database.connect(application);
  firstPid = (await open.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid;
  knocking = (async () => {
    while (running) {
      await database.ask('SELECT 1', application).then(() => { entered += 1; }, (error: Error) => { refused.push(error.message); });
      await delay(5);
    }
  })();
});

afterEach(async () => {
  expect(refused).toEqual([]);
  expect((await open.query('SELECT pg_backend_pid() AS pid')).rows).toEqual([{ pid: firstPid }]);
});

afterAll(async () => {
  running = false;
  await knocking;
  await open?.end();
  await database?.stop();
});

test('no stage replaces the pod', () => {
  const statefulSets = [before, ...Object.values(stages), after].map(({ documents }) => JSON.stringify(find(documents, 'StatefulSet')));
  expect(new Set(statefulSets).size).toBe(1);
});

describe('trust both', () => {
  const stage = stages[CaRotationStage.TRUST_BOTH]!;

  test('the server takes up the new CA; nothing is issued anew', async () => {
    const served = (await servedCertificate({ port: database.pod.port })).serialNumber;
    const issuers = (documents: Synthesis['documents']) => findAll(documents, 'Certificate').filter(({ metadata }) => LEAVES.includes(metadata.name!)).map(({ spec }) => spec.issuerRef.name);
    expect(issuers(stage.documents)).toEqual(issuers(before.documents));
    for (const { metadata } of caCertificatesOf(stage.documents).filter(({ spec }) => !secrets.some(({ name }) => name === spec.secretName))) {
      await issue(stage, metadata.name!);
    }
    const both = await spread(stage);
    expect((await servedCertificate({ port: database.pod.port })).serialNumber).toBe(served);
    fresh = { root: secret('orders-ca-2-key-pair').data['ca.crt']!, certificate: old.certificate };
    expect(both).toBe(old.root + fresh.root);
  });

  test('clients with the old trust and clients with both can connect', async () => {
    await entersWith(old.root, old.certificate);
    await entersWith(old.root + fresh.root, old.certificate);
    application = login(old.root + fresh.root, old.certificate);
  });

  test('a client certificate of the new CA is accepted before one is issued to a workload', async () => {
    const early = await new LocalCertManager(stages[CaRotationStage.ISSUE_FROM_NEW]!.documents, secrets).issue('orders-db-client-cert');
    await entersWith(old.root, early);
  });

  test('a stranger is not', async () => {
    await expect(database.ask('SELECT 1', login(fresh.root, old.certificate))).rejects.toThrow(/unable to verify|self-signed/);
  });
});

describe('issue from new', () => {
  const stage = stages[CaRotationStage.ISSUE_FROM_NEW]!;

  test('the server\'s certificate is the new CA\'s, while clients still show the old one\'s', async () => {
    const seen = reloader.logs.length;
    database.pod.updateSecret(await issue(stage, 'orders-db-server-cert'));
    await reloader.waitFor(/reloaded, serving/, 15_000, seen);
    expect(await servedCertificate({ port: database.pod.port, ca: fresh.root, servername: HOST })).toMatchObject({ authorized: true });
    await entersWith(old.root + fresh.root, old.certificate);
    await entersWith(fresh.root, old.certificate);
  });

  test('then clients show the new one\'s', async () => {
    fresh = { ...fresh, certificate: await issue(stage, 'orders-db-client-cert') };
    application = login(old.root + fresh.root, fresh.certificate);
    await entersWith(old.root + fresh.root, fresh.certificate);
    await entersWith(fresh.root, fresh.certificate);
  });

  test('the other way round, a server that still shows the old one\'s takes a client of the new', async () => {
    const previous = await new LocalCertManager(before.documents, secrets).issue('orders-db-server-cert');
    const current = secret('orders-db-server-cert');
    for (const [certificate, trust] of [[previous, old.root], [current, fresh.root]] as const) {
      const seen = reloader.logs.length;
      database.pod.updateSecret(certificate);
      await reloader.waitFor(/reloaded, serving/, 15_000, seen);
      await entersWith(trust, fresh.certificate);
    }
  });

  test('who holds the old trust alone is out: that is what the first stage is for', async () => {
    await expect(database.ask('SELECT 1', login(old.root, fresh.certificate))).rejects.toThrow(/unable to verify|self-signed/);
  });
});

describe('remove old', () => {
  const stage = stages[CaRotationStage.REMOVE_OLD]!;

  test('nothing is issued anew', () => {
    const certificates = ({ documents }: Synthesis) => findAll(documents, 'Certificate').map(({ spec }) => spec);
    expect(certificates(stage)).toEqual(certificates(stages[CaRotationStage.ISSUE_FROM_NEW]!));
  });

  test('an invalid bundle changes nothing, and the reloader logs it', async () => {
    const seen = reloader.logs.length;
    const good = trustOf(stages[CaRotationStage.ISSUE_FROM_NEW]!);
    database.pod.updateConfigMap({ ...good, data: { 'ca.crt': 'not a certificate' } });
    await reloader.waitFor(/client CA bundle \S+ca\.crt contains no valid certificate; keeping the previous certificates and CAs, retrying/, 15_000, seen);
    await entersWith(fresh.root, old.certificate);
    await entersWith(fresh.root, fresh.certificate);
    await spread(stages[CaRotationStage.ISSUE_FROM_NEW]!);
  });

  test('the old client certificate is refused, the new one is accepted', async () => {
    const trust = await spread(stage);
    expect(trust).toBe(fresh.root);
    await expect(database.ask('SELECT 1', login(trust, old.certificate))).rejects.toThrow(/unknown ca/);
    await entersWith(trust, fresh.certificate);
    await entersWith(old.root + fresh.root, fresh.certificate);
    application = login(trust, fresh.certificate);
  });

  test('the program after the rotation keeps the same bundle, and the application still enters', async () => {
    expect(trustOf(after)).toEqual(trustOf(stage));
    await until(() => entered > 50, 'the application enters');
  });
});
