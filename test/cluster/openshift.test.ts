import { Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { eventually, get, kubectl, tryKubectl, type ClusterObject } from './support/kubectl';
import { demandCluster, psql, startClient, untilReachable } from './support/playground';
import { CertificateAuthority, Postgres, PostgresMonitor, PostgresStorage, PostgresVersion, SuperuserAccess, Validation } from '../../src';
import { chartIn } from '../support/tree';

demandCluster();
jest.setTimeout(200_000);

const NAMESPACE = 'cdk8s-postgres-tls-openshift';
const OWN = 'cdk8s-postgres-tls.test/owned=true';
const PLATFORM = 'cdk8s-postgres-tls-test-scc';
const UID = 1_000_650_000;
const API = 'admissionregistration.k8s.io/v1';

/** What the admission of OpenShift does to pods under its restricted security context constraint: UID, group and fsGroup of the namespace. */
const ADMISSION = [
  {
    apiVersion: API, kind: 'MutatingAdmissionPolicy', metadata: { name: PLATFORM },
    spec: {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': NAMESPACE } },
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
      },
      mutations: [{
        patchType: 'ApplyConfiguration',
        applyConfiguration: {
          expression: `Object{ spec: Object.spec{ securityContext: Object.spec.securityContext{ runAsUser: ${UID}, runAsGroup: 0, fsGroup: ${UID} } } }`,
        },
      }],
    },
  },
  { apiVersion: API, kind: 'MutatingAdmissionPolicyBinding', metadata: { name: PLATFORM }, spec: { policyName: PLATFORM } },
];
const apply = (items: readonly object[]) => kubectl(['apply', '--validate=strict', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));

async function clean(): Promise<void> {
  await tryKubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=150s']);
  for (const kind of ['mutatingadmissionpolicybinding', 'mutatingadmissionpolicy']) { await tryKubectl(['delete', kind, PLATFORM, '--ignore-not-found']); }
}

beforeAll(async () => {
  await clean();
  await apply(ADMISSION);
  await kubectl(['create', 'namespace', NAMESPACE]);
  await kubectl(['label', 'namespace', NAMESPACE, OWN, 'pod-security.kubernetes.io/enforce=restricted']);
  // A policy takes effect a moment after the API server accepted it.
  await eventually('the platform choosing a UID', 30, async () => {
    const pod = await kubectl(['--namespace', NAMESPACE, 'create', '--dry-run=server', '--output', 'json', '--filename', '-'], JSON.stringify({
      apiVersion: 'v1', kind: 'Pod', metadata: { name: 'probe' },
      spec: {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{ name: 'probe', image: 'probe', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
      },
    }));
    expect(JSON.parse(pod).spec.securityContext.runAsUser).toBe(UID);
  });
}, 200_000);
afterAll(clean, 200_000);

test('a database with TLS runs, without a change, as the UID that the platform chooses', async () => {
  const chart = chartIn(NAMESPACE);
  const { issuer } = new CertificateAuthority(chart, 'anyone-ca');
  new Postgres(chart, 'anyone', {
    version: PostgresVersion.V18, tls: { issuer }, superuserAccess: SuperuserAccess.certificate(), monitor: PostgresMonitor.prometheus(), podTemplate: { arbitraryUserId: true },
    resources: { cpu: { request: Cpu.millis(10) }, memory: { request: Size.mebibytes(192), limit: Size.mebibytes(192) } },
    storage: PostgresStorage.durable({ size: Size.gibibytes(1) }),
  });
  expect(Validation.of(chart).findings()).toEqual([]);
  await apply(Testing.synth(chart));
  await eventually('readiness', 120, async () => {
    const { status }: ClusterObject = await get(NAMESPACE, 'statefulset', 'anyone');
    if (status.readyReplicas !== 1) { throw new Error('anyone is not ready'); }
  }, NAMESPACE);

  const whoAmI = await kubectl(['--namespace', NAMESPACE, 'exec', 'anyone-0', '--container', 'postgres', '--', 'sh', '-c', 'id -u && id -un']);
  expect(whoAmI).toBe(`${UID}\npostgres\n`);
  await startClient({ namespace: NAMESPACE, name: 'client', image: PostgresVersion.V18.image, db: 'anyone' });
  await untilReachable(NAMESPACE, 'client', 'anyone');
  const conninfo = 'host=anyone user=postgres dbname=postgres sslmode=verify-full sslrootcert=/tls/ca.crt sslcert=/tls/tls.crt sslkey=/tls/tls.key';
  expect(await psql(NAMESPACE, 'client', conninfo, 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toBe('t');
});
