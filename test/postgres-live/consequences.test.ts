import { ApiObject } from 'cdk8s';
import { POSTGRES_RULES } from '../../src/postgres/validation';
import { Consequence } from '../../src/rules';
import { ruleTexts } from '../../tools/rule-pages';
import { createCa, LocalCertManager, LocalPod, majorOf, type Manifest } from '../local';
import { chartOfExample } from '../support/rule-example';

/** Where the wrong example of a rule, synthesized all the same, leaves a pod that is never ready: what its init container or its server ends with. */
const SHOWN: Readonly<Record<string, RegExp>> = {
  'PGTLS-P12': /could not load .*pg_hba\.conf/,
  'PGTLS-P15': /unrecognized configuration parameter "ssl_tls13_ciphers"/,
  'PGTLS-P16': /could not load .*pg_hba\.conf/,
  'PGTLS-P21': /unrecognized configuration parameter "work_memory"/,
  'PGTLS-P23': /invalid value for parameter "work_mem"/,
  'PGTLS-P28': /initdb: error: argument of --wal-segsize must be a power of two/,
  'PGTLS-P65': /requires "wal_level" to be "replica" or "logical"/,
  'PGTLS-P70': /invalid value for parameter "TimeZone"/,
  'PGTLS-P72': /could not access file "timescaledb"/,
};

const PLATFORM = 'it takes a kubelet or a storage driver';
const MEMBERS = 'it takes Patroni and an API server: test/cluster/high-availability.test.ts runs both';
const EXPORTER = 'it takes an exporter; the server starts';

/** Why an init container and a server alone cannot show the others. */
const EXCUSES: Readonly<Record<string, string>> = {
  'PGTLS-P03': 'the server starts, and warns of a row for TLS that matches no connection',
  'PGTLS-P08': 'it takes the programs of a major that does not exist',
  'PGTLS-P18': 'kubelet waits for a key that the issuer does not write; the Issuers that stand in here write it',
  'PGTLS-P24': 'it takes a memory limit',
  'PGTLS-P29': 'it takes a node with huge pages: test/postgres-live/init.test.ts shows it where there are none',
  'PGTLS-P30': 'an API server refuses the pod: test/local finds that a volume is a claim too',
  'PGTLS-P40': EXPORTER,
  'PGTLS-P43': EXPORTER,
  'PGTLS-P50': PLATFORM,
  'PGTLS-P56': 'kubelet waits for the Secret of an Issuer that is not there',
  'PGTLS-P57': 'the server starts with a row that no client can match, as for PGTLS-P03',
  'PGTLS-P66': 'the server starts, and commits wait: test/postgres-root/reload.test.ts',
  'PGTLS-P73': 'the server starts, and what the reloader writes is refused',
  'PGTLS-P83': 'it takes the image',
  'PGTLS-P85': 'it takes the image: this machine may have the locale that the image lacks',
  'PGTLS-P88': PLATFORM,
  'PGTLS-P134': MEMBERS,
  'PGTLS-P135': MEMBERS,
  'PGTLS-P176': 'it takes pgBackRest and a repository: test/cluster/backup.test.ts restores from one',
  'PGTLS-P146': 'kubelet waits for a ConfigMap that is in another namespace',
  'PGTLS-P99': 'the server starts, and refuses what the reloader declares: test/postgres-root/refused-declarations.test.ts',
};

test('every rule whose consequence is a pod that is never ready is shown to be right, or the reason is given why it cannot be here', () => {
  const stalls = POSTGRES_RULES.filter(({ consequence }) => consequence === Consequence.NEVER_READY).map(({ code }) => code);
  expect([...Object.keys(SHOWN), ...Object.keys(EXCUSES)].sort()).toEqual(stalls.sort());
});

test.each(Object.entries(SHOWN))('%s: the pod of the wrong example ends with %s', async (code, message) => {
  const { body } = ruleTexts().find((section) => section.code === code)!.wrong;
  const documents = manifestsOf(body);
  const certManager = new LocalCertManager(documents).registerCa('Issuer', 'issuer', await createCa());
  const pod = await LocalPod.create({ documents, secrets: await certManager.issueAll(), major: majorOf(documents) });
  try {
    const init = await pod.runInit('init');
    expect(init.code === 0 ? await serverLogs(pod) : init.stderr).toMatch(message);
  } finally {
    await pod.dispose();
  }
});

/** One by one, since a chart is not synthesized with errors. */
function manifestsOf(body: string): Manifest[] {
  return chartOfExample(body).node.findAll().filter((child): child is ApiObject => ApiObject.isApiObject(child)).map((object) => object.toJson() as Manifest);
}

async function serverLogs(pod: LocalPod): Promise<string> {
  const server = pod.start('postgres');
  expect(await server.exited).toMatchObject({ code: 1 });
  return server.logs;
}
