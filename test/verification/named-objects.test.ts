import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { CertificateAuthority, Postgres, PostgresStorage, PostgresVersion, Validation } from '../../src';
import { inputOfTexts, validateInput } from '../../src/verification';

// A finding names the object that has to be edited, also where the rule is about another one.
const SERVER = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers:
        - { name: postgres, image: "postgres:17", args: [-c, hba_file=/config/pg_hba.conf], volumeMounts: [{ name: config, mountPath: /config }] }
      volumes: [{ name: config, configMap: { name: db-config } }]
`;
const HBA = `apiVersion: v1
kind: ConfigMap
metadata: { name: db-config, namespace: shop }
data:
  other: x
  pg_hba.conf: |
    hostssl all all all scram-sha-265
`;
const SCALER = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: db-scaler, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: StatefulSet, name: db }
  maxReplicas: 3
`;

function found(texts: Readonly<Record<string, string>>, rule: string, options = {}) {
  return validateInput(inputOfTexts(Object.entries(texts)), options, { place: '', now: new Date('2026-12-01T00:00:00Z') }).filter(({ rule: { id } }) => id === rule);
}

test('a row of pg_hba.conf: the ConfigMap with the file', () => {
  expect(found({ 'db.yaml': SERVER, 'config.yaml': HBA }, 'hba-row-invalid')).toMatchObject([{
    target: { kind: 'ConfigMap', name: 'db-config', namespace: 'shop' }, field: "data['pg_hba.conf']",
    location: { path: "config.yaml: ConfigMap 'db-config' in namespace 'shop'", file: 'config.yaml', line: 6, column: 3 },
  }]);
});

test('an autoscaler: the autoscaler', () => {
  const replicated = { 'db.yaml': SERVER, 'scaler.yaml': SCALER };
  expect(found(replicated, 'postgres-pods-without-replication')).toMatchObject([{
    target: { kind: 'HorizontalPodAutoscaler', name: 'db-scaler' }, field: 'spec.maxReplicas', location: { file: 'scaler.yaml', line: 6 },
  }]);
  const acknowledged = (target: string) => found(replicated, 'postgres-pods-without-replication', { acknowledgements: [{ code: 'PGTLS-N06', reason: 'scaled by hand', target }] })[0]!.acknowledged;
  expect([acknowledged('HorizontalPodAutoscaler/shop/*'), acknowledged('StatefulSet/shop/*')]).toEqual(['scaled by hand', undefined]);
});

test.each<[string, string, JsonPatch, string]>([
  ['PGTLS-W05', 'config', JsonPatch.replace('/data/pg_hba.conf', 'host all all all trust\n'), 'ConfigMap'],
  ['PGTLS-W06', 'service', JsonPatch.replace('/spec/selector', { app: 'other' }), 'Service'],
  ['PGTLS-W08', 'service', JsonPatch.replace('/metadata/name', 'other'), 'Service'],
  ['PGTLS-W12', 'network-policy', JsonPatch.replace('/metadata/namespace', 'other'), 'NetworkPolicy'],
  ['PGTLS-P54', 'server-cert', JsonPatch.replace('/spec/dnsNames', ['other.shop.svc']), 'Certificate'],
])('%s: the patched object', (code, id, patch, kind) => {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  const db = new Postgres(chart, 'db', { version: PostgresVersion.V18, tls: { issuer: new CertificateAuthority(chart, 'ca').issuer }, storage: PostgresStorage.ephemeral() });
  const child = db.node.findChild(id);
  (ApiObject.isApiObject(child) ? child as ApiObject : ApiObject.of(child)).addJsonPatch(patch);
  const kinds = Validation.of(app).findings().filter(({ rule }) => rule.code === code).map(({ target, location: { path } }) => [target?.kind, path]);
  expect(kinds.length).toBeGreaterThan(0);
  expect(new Set(kinds.map(String))).toEqual(new Set([`${kind},chart/db`]));
});
