import { Chart, Duration, Testing } from 'cdk8s';
import {
  Certificate, CertificateAuthority, CertificateRequestPolicies, CertManagerVersion, ClientCa, IIssuer, KeyUsage, Postgres, PostgresMonitor,
  PostgresStorage, PostgresVersion, PrivateKey, SuperuserAccess, Validation,
} from '../../src';
import { chartIn } from '../support/tree';
import { eventually, get, kubectl, list, tryKubectl, type ClusterObject } from '../cluster/support/kubectl';

// Needs no node: nothing here runs in a pod.
jest.setTimeout(120_000);

const NAMESPACE = 'approval-test';
const OTHER = 'approval-test-other';
const OWN = 'cdk8s-postgres-tls.test/owned=true';
const SERVICE_ACCOUNT = 'system:serviceaccount:cert-manager:cert-manager';

const declared = program();
const policies = declared.filter(({ kind }) => kind === 'CertificateRequestPolicy').map(({ metadata }) => metadata.name as string);
const issuerRef = { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' };
const [server, client] = ['db-server-cert', 'db-client-cert'].map((name) => declared.find(({ kind, metadata }) => kind === 'Certificate' && metadata.name === name)!.spec);

/** A database's certificates, one with everything that a Certificate can ask for, and the policies for them. */
function program(): ClusterObject[] {
  const chart = chartIn(NAMESPACE);
  Validation.of(chart).configure({ certManagerVersion: CertManagerVersion.V1_20 });
  const { issuer } = new CertificateAuthority(chart, 'ca');
  new CertificateRequestPolicies(chart, 'policies');
  new Postgres(chart, 'db', { version: PostgresVersion.V18, tls: { issuer, clientCa: ClientCa.shared(issuer) }, superuserAccess: SuperuserAccess.certificate(), monitor: PostgresMonitor.prometheus(), storage: PostgresStorage.ephemeral() });
  everything(chart, issuer);
  const kinds = ['Issuer', 'Certificate', 'CertificateRequestPolicy', 'ClusterRole', 'ClusterRoleBinding'];
  return Testing.synth(chart).filter(({ kind }) => kinds.includes(kind));
}

function everything(chart: Chart, issuer: IIssuer): void {
  new Certificate(chart, 'everything', {
    issuer,
    commonName: 'every*thing',
    subject: { organizations: ['Orders, Inc.', 'B'], countries: ['DE'], organizationalUnits: ['u'], localities: ['l'], provinces: ['p'], streetAddresses: ['s'], postalCodes: ['1'], serialNumber: '7' },
    dnsNames: ['b.example', '*.a.example'],
    ipAddresses: ['10.0.0.1', '::1', 'FD00:0:0::1', '::ffff:10.0.0.2'],
    uris: ['spiffe://example/orders'],
    emailAddresses: ['orders@example.com'],
    otherNames: [{ oid: '1.3.6.1.4.1.311.20.2.3', utf8Value: 'upn@example.com' }],
    duration: Duration.hours(48),
    privateKey: PrivateKey.rsa(3072),
    usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.CLIENT_AUTH],
  });
  new Certificate(chart, 'literal', { issuer, literalSubject: 'CN=orders,OU=db,DC=example,DC=org,UID=7', privateKey: PrivateKey.ed25519() });
}

const apply = (objects: ClusterObject[]) => kubectl(['apply', '--server-side', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
const condition = ({ status }: ClusterObject, type: string) => status?.conditions?.find((candidate: ClusterObject) => candidate.type === type);

async function remove(): Promise<void> {
  await tryKubectl(['delete', 'namespaces', '--selector', `${OWN},approval=yes`, '--wait', '--timeout=60s']);
  for (const kind of ['certificaterequestpolicies.policy.cert-manager.io', 'clusterroles', 'clusterrolebindings']) {
    await tryKubectl(['delete', kind, '--selector', OWN]);
  }
}

beforeAll(async () => {
  if ((process.env['KUBECONFIG'] ?? '') === '') { throw new Error('the approval suite DID NOT RUN: KUBECONFIG is not set'); }
  await remove();
  for (const name of [NAMESPACE, OTHER]) {
    await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'cdk8s-postgres-tls.test/owned': 'true', 'approval': 'yes' } } }]);
  }
  const clusterScoped = ['CertificateRequestPolicy', 'ClusterRole', 'ClusterRoleBinding'];
  const own = (object: ClusterObject) => (clusterScoped.includes(object.kind) ? { ...object, metadata: { ...object.metadata, labels: { 'cdk8s-postgres-tls.test/owned': 'true' } } } : object);
  await apply(declared.filter(({ kind }) => clusterScoped.includes(kind)).map(own));
  // Only approver-policy's own controller makes a policy Ready.
  await eventually('the approval suite DID NOT RUN, it needs a cluster whose requests are approved by approver-policy alone: a policy that is Ready', 20, async () => {
    for (const name of policies) {
      const ready = condition(JSON.parse(await kubectl(['get', 'certificaterequestpolicies.policy.cert-manager.io', name, '--output', 'json'])), 'Ready');
      if (ready?.status !== 'True') { throw new Error(`policy ${name}: ${JSON.stringify(ready)}`); }
    }
  });
  await apply(declared.filter(({ kind }) => !clusterScoped.includes(kind)));
});

afterAll(remove);

test('every declared certificate is issued', async () => {
  const certificates = declared.filter(({ kind }) => kind === 'Certificate').map(({ metadata }) => metadata.name as string);
  expect(certificates).toHaveLength(6);
  await eventually('every declared certificate Ready', 60, async () => {
    for (const name of certificates) {
      const ready = condition(await get(NAMESPACE, 'certificate', name), 'Ready');
      const refusals = (await list(NAMESPACE, 'certificaterequests')).map((request) => condition(request, 'Denied')?.message).filter(Boolean);
      if (ready?.status !== 'True') { throw new Error(`${name}: ${JSON.stringify(ready)} ${refusals.join(' ')}`); }
    }
  }, NAMESPACE);
  const approvers = (await list(NAMESPACE, 'certificaterequests')).map((request) => condition(request, 'Approved')?.reason);
  expect(new Set(approvers)).toEqual(new Set(['policy.cert-manager.io']));
});

test.each<[string, object, string?]>([
  ['another role\'s common name', { ...client, commonName: 'admin' }],
  ['the common name of one with the host names of another', { ...client, dnsNames: server.dnsNames }],
  ['the role of one with the usages of another', { ...client, usages: server.usages }],
  ['a host that only the wildcard of a pattern would cover', { ...server, dnsNames: [...server.dnsNames, 'evil.db-pods.approval-test.svc.cluster.local'] }],
  ['a longer wildcard', { ...server, dnsNames: [...server.dnsNames, '*.evil.db-pods.approval-test.svc'] }],
  ['a CA', { ...client, isCA: true }],
  ['a longer life', { ...client, duration: '8760h0m0s' }],
  ['a shorter life', { ...client, duration: '24h0m0s', renewBefore: '8h0m0s' }],
  ['a weaker key', { ...client, privateKey: { algorithm: 'RSA', size: 2048 } }],
  ['a larger key', { ...client, privateKey: { ...client.privateKey, size: 384 } }],
  ['an organization besides', { ...client, subject: { organizations: ['admins'] } }],
  ['an email address besides', { ...client, emailAddresses: ['postgres@example.com'] }],
  ['no common name', { ...server, commonName: undefined }],
])('%s is refused', async (title, spec) => {
  const name = `undeclared-${title.toLowerCase().replace(/[^a-z]+/g, '-').slice(0, 40)}`.replace(/-$/, '');
  await apply([{ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name, namespace: NAMESPACE }, spec: { ...spec, issuerRef, secretName: name } }]);
  const request = await eventually(`a decision about ${name}`, 30, async () => {
    const found = (await list(NAMESPACE, 'certificaterequests')).find(({ metadata }) => metadata.annotations['cert-manager.io/certificate-name'] === name);
    if (!condition(found ?? {}, 'Denied') && !condition(found ?? {}, 'Approved')) { throw new Error(JSON.stringify(found?.status)); }
    return found!;
  }, NAMESPACE);
  expect(condition(request, 'Approved')).toBeUndefined();
  expect(condition(request, 'Denied')).toMatchObject({ status: 'True', reason: 'policy.cert-manager.io' });
  expect((await tryKubectl(['--namespace', NAMESPACE, 'get', 'secret', name])).code).not.toBe(0);
});

test('cert-manager may use these policies, and other users may not', async () => {
  const may = async (user: string, policy: string) =>
    (await tryKubectl(['auth', 'can-i', 'use', `certificaterequestpolicies.policy.cert-manager.io/${policy}`, `--as=${user}`])).stdout.trim();
  for (const policy of policies) { expect(await may(SERVICE_ACCOUNT, policy)).toBe('yes'); }
  expect(await may(SERVICE_ACCOUNT, 'another')).toBe('no');
  expect(await may(`system:serviceaccount:${NAMESPACE}:default`, policies[0]!)).toBe('no');
});
