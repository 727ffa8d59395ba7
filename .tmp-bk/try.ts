import { App, Chart, Size } from 'cdk8s';
import * as p from '../src';
const app = new App({ outdir: '/tmp/bk/dist' });
const version = p.PostgresVersion.of(18, 'registry.example.com/postgres-pgbackrest:18.6');
function db(ns: string, name: string, props: object) {
  const chart = new Chart(app, `${ns}-${name}`, { namespace: ns });
  const ca = new p.CertificateAuthority(chart, name + '-ca');
  return new p.Postgres(chart, name, { version, storage: p.PostgresStorage.durable({ size: Size.gibibytes(1) }), tls: { issuer: ca.issuer }, resources: { memory: { request: Size.mebibytes(512), limit: Size.mebibytes(512) } } as any, ...props } as any);
}
const s3 = p.BackupRepository.s3({ bucket: 'bk-orders', endpoint: 'https://10.200.0.1:9000', region: 'lab', ca: p.TrustSource.fromConfigMapName('s3-ca'),
  credentials: { accessKeyId: p.BackupSecret.fromSecretName('s3', 'id'), secretAccessKey: p.BackupSecret.fromSecretName('s3', 'key') }, encryptionKey: p.BackupSecret.fromSecretName('s3', 'passphrase') });
const volume = p.BackupRepository.volume({ size: Size.gibibytes(1) });
const schedule = { full: '0 1 * * 0', differential: '0 1 * * 1-6', incremental: '0 2-23 * * *' };
db('bk-a', 'orders', { backup: p.Backup.pgBackRest({ version: '2.60.0', repository: s3, schedule }) }).addClient('shop');
db('bk-a', 'vol', { backup: p.Backup.pgBackRest({ version: '2.60.0', repository: volume, schedule }) });
if (process.env.T) {
  db('bk-a', 'orders2', { recovery: p.Recovery.from({ version: '2.60.0', repository: s3, database: 'orders', time: process.env.T }), backup: p.Backup.pgBackRest({ version: '2.60.0', repository: s3, schedule }) }).addClient('shop');
  db('bk-a', 'vol2', { storage: p.PostgresStorage.durable({ size: Size.gibibytes(1), wal: { size: Size.gibibytes(1) } }), recovery: p.Recovery.from({ version: '2.60.0', repository: volume, database: 'vol' }) });
}
app.synth();
