import { App, Chart, Cron, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  CaConfigMap, Certificate, CertificateAuthority, CertificateAuthorityScope, CertificateOutputFormat, CertificateRequestPolicies, ClientCa, ClientPassword, ClientPrivileges, DeclaredState,
  NetworkPeer, Postgres, PostgresNetwork, PostgresProps, PostgresServiceType, PostgresStorage, PostgresVersion, PrivateKey, ServiceMesh, TargetSessionAttributes, TrustBundle, TrustedCa,
  TrustSource, Validation,
} from '../../../src';
import { toManifest } from '../../../src/kubernetes';
import { clusterAssumptions, IssuanceGraph } from '../../../src/pki';
import { podsOf, walkOf } from '../../../src/workloads';
import { chartIn, type Manifest, refusal, written } from '../../support/tree';

const { Cluster } = { Cluster: CertificateAuthorityScope.cluster };

/** An app with a platform, a database `db` in the namespace `data`, and the namespace `shop`. */
function scene(props: Partial<PostgresProps> & { isolated?: boolean } = {}) {
  const app = new App();
  const [platform, data, shop] = ['cert-manager', 'data', 'shop'].map((namespace) => chartIn(namespace, namespace, app)) as [Chart, Chart, Chart];
  const servers = new CertificateAuthority(platform, 'servers', { scope: Cluster() });
  const trust = new TrustBundle(platform, 'trust', { sources: [TrustedCa.fromCertificateAuthority(servers).root] });
  const { isolated, ...rest } = props;
  const tls = { issuer: servers, ...(isolated ? {} : { trustedServerCas: TrustSource.fromBundle(trust), clientCa: ClientCa.clusterScoped() }) };
  const db = new Postgres(data, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), ...('tls' in rest ? {} : { tls }), ...rest });
  Validation.of(app).acknowledge('PGTLS-E14', 'test');
  return { app, platform, data, shop, servers, trust, db };
}

const IMAGE = 'docker.io/library/postgres:18.4';
const PSQL = { image: IMAGE, command: ['psql', '-c', 'select 1'] };

function deploymentIn(chart: Chart, id = 'orders', props: Partial<kplus.DeploymentProps> = {}): kplus.Deployment {
  return new kplus.Deployment(chart, id, { metadata: { name: id }, containers: [PSQL], ...props });
}

/** The specification of the pods of a workload. */
function podOf(chart: Chart, kind = 'Deployment', name = 'orders'): Manifest {
  const { spec } = written(chart, kind, name);
  return kind === 'CronJob' ? spec.jobTemplate.spec.template.spec : kind === 'Pod' ? spec : spec.template.spec;
}

const envOf = ({ env }: Manifest): Record<string, string> => Object.fromEntries(env.map(({ name, value }: Manifest) => [name, value]));
const manifestsOf = (chart: Chart, kind: string): Manifest[] => Testing.synth(chart).filter((manifest) => manifest.kind === kind);
const policyOf = (chart: Chart): Manifest => written(chart, 'NetworkPolicy', 'db').spec.ingress.find(({ ports }: Manifest) => ports[0].port === 'postgresql');

/** Outcomes of all connections that the app shows. */
function walksOf(app: App) {
  const manifests = (app.node.children as Chart[]).filter((child) => Chart.isChart(child)).flatMap((chart) => Testing.synth(chart));
  const graph = new IssuanceGraph(manifests.map((manifest) => toManifest('', manifest)), clusterAssumptions());
  return podsOf(graph).flatMap(({ connections }) => connections).map(walkOf)
    .map(({ connection, outcome, refused, attempts }) => ({
      client: connection.client.pod.at.name, outcome, refused: refused?.name,
      unknown: attempts.flatMap(({ steps }) => steps.filter(({ result }) => result === 'unknown').map(({ name }) => name)),
    }));
}

const KINDS: Array<[string, (chart: Chart) => kplus.AbstractPod]> = [
  ['Deployment', (chart) => deploymentIn(chart)],
  ['StatefulSet', (chart) => new kplus.StatefulSet(chart, 'orders', {
    metadata: { name: 'orders' }, containers: [PSQL], service: new kplus.Service(chart, 'service', { metadata: { name: 'orders' }, ports: [{ port: 80 }] }),
  })],
  ['DaemonSet', (chart) => new kplus.DaemonSet(chart, 'orders', { metadata: { name: 'orders' }, containers: [PSQL] })],
  ['Job', (chart) => new kplus.Job(chart, 'orders', { metadata: { name: 'orders' }, containers: [PSQL] })],
  ['CronJob', (chart) => new kplus.CronJob(chart, 'orders', { metadata: { name: 'orders' }, schedule: Cron.daily(), containers: [PSQL] })],
  ['Pod', (chart) => new kplus.Pod(chart, 'orders', { metadata: { name: 'orders' }, containers: [PSQL] })],
];

describe.each(KINDS)('a %s', (kind, make) => {
  test.each(['data', 'shop'] as const)('in namespace %s connects with verify-full, by two lines', (namespace) => {
    const all = scene();
    const { app, db } = all;
    const orders = db.addClient('orders');
    orders.connect(make(all[namespace]));
    const { containers: [container], volumes, securityContext } = podOf(all[namespace], kind);
    const directory = '/etc/postgresql-client/db-client-orders';
    expect(envOf(container)).toEqual({
      PGHOST: 'db.data.svc.cluster.local', PGPORT: '5432', PGDATABASE: 'orders', PGUSER: 'orders', PGSSLMODE: 'verify-full', PGSSLROOTCERT: `${directory}/ca/ca.crt`,
      PGSSLCERT: `${directory}/key/tls.crt`, PGSSLKEY: `${directory}/key/tls.key`,
    });
    expect(container.volumeMounts).toEqual([
      { name: 'db-client-orders-key', mountPath: `${directory}/key`, readOnly: true }, { name: 'db-client-orders-ca', mountPath: `${directory}/ca`, readOnly: true },
    ]);
    expect(volumes).toEqual([
      {
        name: 'db-client-orders-key',
        secret: { secretName: 'db-client-orders-cert', defaultMode: 0o440, items: [{ key: 'tls.crt', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }] },
      },
      { name: 'db-client-orders-ca', configMap: { name: 'trust', defaultMode: 0o444, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    ]);
    expect(securityContext.fsGroup).toBe(65_532);
    expect(Validation.of(app).findings().filter(({ acknowledged }) => acknowledged === undefined).map(({ message }) => message)).toEqual([]);
    expect(walksOf(app)).toEqual([{ client: 'orders', outcome: 'admitted', refused: undefined, unknown: [] }]);
  });
});
