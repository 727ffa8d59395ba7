import { App, Chart, Size, YamlOutputType } from 'cdk8s';
import { clients } from '../../../examples/clients';
import { clusterIssuer } from '../../../examples/cluster-issuer';
import { kubedbGuide } from '../../../examples/kubedb-guide';
import { quickstart } from '../../../examples/quickstart';
import { CertificateAuthority, FleetApp, KubeDbReport, Postgres, PostgresMonitor, PostgresScripts, PostgresStorage, PostgresVersion } from '../../../src';

// Names that a language sorts otherwise: ä before z, I without a dot in Turkish, digits of Arabic.
const NAMES = ['zeta', 'Iota', 'ähre', 'iota', 'Zeta', 'ı'];

/** A fleet with shared scripts, and databases with names outside of ASCII. */
function fleet(app: App): void {
  const shared = new Chart(app, 'shared', { namespace: 'fleet' });
  const { issuer } = new CertificateAuthority(shared, 'ca');
  const scripts = new PostgresScripts(shared, 'scripts');
  for (const name of ['db-1', 'db-10', 'db-2']) {
    const db = new Postgres(new Chart(app, name, { namespace: 'fleet' }), name, {
      version: PostgresVersion.V18, tls: { issuer }, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), scripts, monitor: PostgresMonitor.prometheus({ alerts: {} }),
      parameters: { log_timezone: 'Asia/Kathmandu', lc_messages: 'C' },
    });
    for (const client of NAMES) { db.addClient(client, { validUntil: '2030-01-01T00:00:00Z' }); }
  }
}

const [folder] = process.argv.slice(2);
for (const [name, app] of [['stock', new App({ outdir: `${folder}/stock` })], ['fleet', new FleetApp({ outdir: `${folder}/fleet` })], ['one', new App({ outdir: `${folder}/one`, yamlOutputType: YamlOutputType.FILE_PER_APP })]] as const) {
  for (const example of [clients, quickstart, clusterIssuer, kubedbGuide]) { example(app); }
  fleet(app);
  app.synth();
  if (name === 'stock') {
    const report = KubeDbReport.fromYaml('apiVersion: kubedb.com/v1\nkind: Postgres\nmetadata: { name: pg, namespace: demo }\nspec: { version: "16.4", storageType: Durable, storage: { resources: { requests: { storage: 1Gi } } } }\n');
    process.stderr.write(report.toString());
  }
}
const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
process.stdout.write(JSON.stringify({ version: process.versions.node, locale, timeZone, offset: new Date(2026, 0, 1).getTimezoneOffset() }));
