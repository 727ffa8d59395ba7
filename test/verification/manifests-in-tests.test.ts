import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { App, Chart, Size } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { AccessOutcome, CertificateAuthority, Manifests, Postgres, PostgresStorage, PostgresVersion } from '../../src';
import { REPOSITORY } from '../support/repository';
import '../../examples/database.test'; // the file that people copy, in jest

test('the file that people copy runs with node:test', () => {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_OPTIONS: '' };
  delete env['NODE_TEST_CONTEXT'];
  const output = execFileSync(process.execPath, ['--import', 'tsx', '--test', '--test-reporter=tap', join(REPOSITORY, 'examples/database.test.ts')], { cwd: REPOSITORY, env, encoding: 'utf8' });
  expect(output).toMatch(/^# pass 5$/m);
  expect(output).toMatch(/^# fail 0$/m);
});

const shop = (declare: (chart: Chart, db: Postgres) => void = () => undefined) => {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const storage = PostgresStorage.durable({ size: Size.gibibytes(1) });
  const db = new Postgres(chart, 'db', { version: PostgresVersion.V18, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, storage });
  declare(chart, db);
  return chart;
};

const connected = (chart: Chart, db: Postgres) => {
  db.addClient('orders').connect(new Deployment(chart, 'app', { metadata: { name: 'app' }, containers: [{ image: 'app:1', securityContext: { user: 1000 } }] }));
};

test('objects are found by what is given, and a miss names the nearest', () => {
  const manifests = Manifests.of(shop());
  expect(manifests.find({ kind: 'Service', name: 'db' }).spec.ports[0].port).toBe(5432);
  expect(manifests.findAll({ kind: 'Service' })).toHaveLength(2);
  expect(manifests.findAll({ kind: 'Servic' })).toEqual([]);
  expect(manifests.findAll()).toHaveLength(manifests.count);
  expect(() => manifests.find({ kind: 'Servic' })).toThrow("Manifests.find: no object with kind 'Servic': did you mean kind 'Service'?");
  expect(() => manifests.find({ kind: 'Service', name: 'dbs' })).toThrow("did you mean name 'db'?");
  expect(() => manifests.only({ kind: 'Service' }))
    .toThrow("Manifests.only: 2 objects with kind 'Service': Service 'db' in namespace 'shop', Service 'db-pods' in namespace 'shop'; give more fields, or use findAll");
});

test('objects outside of the construct are not among them, and count for its answers', () => {
  const chart = shop(connected);
  const manifests = Manifests.of(chart.node.findChild('db') as Postgres);
  expect(manifests.findAll({ kind: 'Deployment' })).toEqual([]);
  expect(manifests.certificates().map(({ name }) => name)).not.toContain('ca');
  expect(manifests.databases()).toMatchObject([{ kind: 'StatefulSet', name: 'db', namespace: 'shop', port: 5432, tls: true }]);
  expect(manifests.canConnect('app', 'orders').outcome).toBe(AccessOutcome.ADMITTED);
});

test('a connection that is rejected has the step, the error and the field', () => {
  const yaml = Manifests.of(shop(connected)).findAll().map((manifest) => {
    if (manifest.kind !== 'Deployment') { return JSON.stringify(manifest); }
    return JSON.stringify(manifest).replace('"name":"PGUSER","value":"orders"', '"name":"PGUSER","value":"ordres"');
  }).join('\n---\n');
  const manifests = Manifests.fromYaml({ 'all.yaml': yaml });
  const { outcome, step, error, field } = manifests.canConnect('app', 'orders');
  expect({ outcome, step }).toEqual({ outcome: AccessOutcome.REJECTED, step: 'hba-row' });
  expect(error).toContain('pg_hba.conf rejects connection');
  expect(field).toContain('spec.template.spec.containers[0]');
  expect(() => manifests.canConnect('ap', 'orders')).toThrow("did you mean workload 'app'?");
  expect(() => manifests.canConnect('app', 'order')).toThrow("Manifests.canConnect('app', 'order'): workload 'app' connects to no database 'order'; did you mean database 'orders'?");
});

test('the snapshot has neither the order of documents nor the text of scripts, and has the restart checksum', () => {
  const manifests = Manifests.of(shop());
  const texts = manifests.findAll().map((manifest) => JSON.stringify(manifest));
  const reversed = Manifests.fromYaml({ 'all.yaml': texts.reverse().join('\n---\n') });
  expect(reversed.toSnapshot()).toBe(manifests.toSnapshot());
  expect(manifests.toSnapshot()).toMatch(/\.sh: <\d+ lines, sha256 [0-9a-f]{16}>/);
  expect(manifests.toSnapshot()).not.toContain('#!/bin/sh');
  expect(manifests.toSnapshot()).toContain('cdk8s-postgres-tls/restart-checksum');
  expect(manifests.toSnapshot()).not.toBe(Manifests.of(shop((_, db) => { db.addRole('dba'); })).toSnapshot());
});
