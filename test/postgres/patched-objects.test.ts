import { ApiObject, JsonPatch, Size } from 'cdk8s';
import { Issuer, Postgres, PostgresProps, PostgresStorage, PostgresVersion, Validation } from '../../src';
import { chartIn } from '../support/tree';

/** What is found where one of the objects of a database is patched. */
function found(id: string, patch: (manifest: { readonly data: Record<string, string> }) => JsonPatch, props: Partial<PostgresProps> = {}): string[] {
  const chart = chartIn();
  const db = new Postgres(chart, 'db', {
    version: PostgresVersion.V18, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }), tls: { issuer: Issuer.fromIssuerName(chart, 'ca', 'ca') }, ...props,
  });
  const object = db.node.findChild(id) as ApiObject;
  object.addJsonPatch(patch(object.toJson() as { data: Record<string, string> }));
  return Validation.of(chart).findings().map(({ rule: { code }, message }) => `${code}: ${message}`);
}

const hba = (change: (rows: string[]) => string[]) => found('config', ({ data }) => {
  const lines = data['pg_hba.conf']!.trimEnd().split('\n');
  return JsonPatch.replace('/data/pg_hba.conf', `${[lines[0], ...change(lines.slice(1))].join('\n')}\n`);
});
const rejectOf = (rows: string[], role: string) => rows.findIndex((row) => row.includes(role) && row.includes('reject'));

test.each<[string, string, (rows: string[]) => string[]]>([
  ['no authentication', "the row 'host all all 10.0.0.0/8 trust' accepts connections without authentication", (rows) => [...rows, 'host all all 10.0.0.0/8 trust']],
  ['plaintext where TLS is promised', "the row 'host all app all scram-sha-256' accepts plaintext connections, but sslMode 'verify-full' requires TLS", (rows) => [...rows, 'host all app all scram-sha-256']],
  ['a row without a method', "the row 'hostssl all all all' has no authentication method", (rows) => [...rows, 'hostssl all all all']],
  ['a reject that is gone', "the row 'host all,replication postgres all reject' is missing", (rows) => rows.filter((_, index) => index !== rejectOf(rows, 'postgres  '))],
  ['a reject that is moved', 'the order of the rows has changed', (rows) => [...rows.filter((_, index) => index !== 2), rows[2]!]],
  ['a row before those that keep the superuser out', "the row 'hostssl all all 10.0.0.0/8 cert' precedes", (rows) => ['hostssl all all 10.0.0.0/8 cert', ...rows]],
])('pg_hba.conf, %s', (_, message, change) => {
  const findings = hba(change);
  expect(findings).toContainEqual(expect.stringContaining(message));
  expect(findings.every((line) => line.startsWith('PGTLS-W05: pg_hba.conf: '))).toBe(true);
});

test('pg_hba.conf may be narrowed', () => {
  expect(hba((rows) => [...rows.slice(0, -2), 'hostssl all guest all reject', ...rows.slice(-2)])).toEqual([]);
});

test.each([
  ['ssl', 'off'], ['ssl_cert_file', "'/elsewhere/tls.crt'"], ['data_directory', "'/elsewhere'"], ['hba_file', "'/elsewhere'"],
])('postgresql.conf, %s', (name, value) => {
  const findings = found('config', ({ data }) => JsonPatch.replace('/data/postgresql.conf', data['postgresql.conf']!.replace(new RegExp(`^${name} = .*$`, 'm'), `${name} = ${value}`)));
  expect(findings).toContainEqual(expect.stringContaining(`PGTLS-W05: postgresql.conf: ${name} is`));
});

test('postgresql.conf may have other settings', () => {
  expect(found('config', ({ data }) => JsonPatch.replace('/data/postgresql.conf', `${data['postgresql.conf']!}work_mem = '5MB'\n`))).toEqual([]);
});

test.each<[string, string, JsonPatch]>([
  ['service', "PGTLS-W06: Service 'db' selects app=elsewhere, but no pod of the database has that label", JsonPatch.replace('/spec/selector', { app: 'elsewhere' })],
  ['service', "PGTLS-W06: Service 'db' has no selector", JsonPatch.replace('/spec/selector', {})],
  ['headless-service', "PGTLS-W06: Service 'db-pods' has targetPort '5433'", JsonPatch.replace('/spec/ports/0/targetPort', 5433)],
  ['Resource', "PGTLS-W07: the StatefulSet has no volumeClaimTemplate 'data'", JsonPatch.replace('/spec/volumeClaimTemplates', [])],
  ['Resource', "PGTLS-W07: container 'postgres' has no livenessProbe", JsonPatch.remove('/spec/template/spec/containers/0/livenessProbe')],
])('%s: %s', (id, message, patch) => {
  expect(found(id, () => patch)).toContainEqual(expect.stringContaining(message));
});

test.each<[string, string, JsonPatch]>([
  ['Resource', "PGTLS-W08: the StatefulSet has serviceName 'db'", JsonPatch.replace('/spec/serviceName', 'db')],
  ['Resource', "PGTLS-W08: the StatefulSet has serviceName ''", JsonPatch.remove('/spec/serviceName')],
  ['headless-service', "PGTLS-W08: Service 'db-pods' is not headless", JsonPatch.remove('/spec/clusterIP')],
  ['headless-service', "PGTLS-W08: Service 'db-pods' is named 'db-nodes'", JsonPatch.replace('/metadata/name', 'db-nodes')],
  ['service', "PGTLS-W08: Service 'db' is named 'database'", JsonPatch.replace('/metadata/name', 'database')],
  ['network-policy', "PGTLS-W12: NetworkPolicy 'db' selects no pod of the database", JsonPatch.replace('/spec/podSelector', { matchLabels: { app: 'db' } })],
  ['network-policy', "PGTLS-W12: NetworkPolicy 'db' is in namespace 'other'", JsonPatch.replace('/metadata/namespace', 'other')],
  ['disruption-budget', "PGTLS-W12: PodDisruptionBudget 'db' selects no pod", JsonPatch.replace('/spec/selector/matchLabels', { app: 'db' })],
  ['config', "PGTLS-W12: ConfigMap 'db-config' has no init.sh", JsonPatch.remove('/data/init.sh')],
  ['config', "PGTLS-W12: ConfigMap 'db-config' has no pg_hba.conf", JsonPatch.remove('/data/pg_hba.conf')],
  ['config', "PGTLS-W12: ConfigMap 'db-config' is named 'settings'", JsonPatch.replace('/metadata/name', 'settings')],
  ['config', "PGTLS-W12: ConfigMap 'db-config' is in namespace 'other', but the database is in 'demo'", JsonPatch.replace('/metadata/namespace', 'other')],
])('%s: %s, and nothing else', (id, message, patch) => {
  expect(found(id, () => patch)).toEqual([expect.stringContaining(message)]);
});

test('equivalent selectors have no finding', () => {
  expect(found('network-policy', () => JsonPatch.replace('/spec/podSelector', { matchExpressions: [{ key: 'cdk8s-postgres-tls/database', operator: 'In', values: ['db', 'dw'] }] }))).toEqual([]);
  expect(found('disruption-budget', () => JsonPatch.replace('/spec/selector', {}))).toEqual([]);
});
