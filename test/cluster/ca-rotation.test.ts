import { rotating, steady } from '../../examples/ca-rotation';
import { CaRotationStage } from '../../src';
import { bundleConfigMap, find, type LocalSecret, type Manifest, parseCertificates } from '../local';
import { synthesize, type Synthesis } from '../support/synthesis';
import { eventually, get, kubectl, tryKubectl, type ClusterObject } from './support/kubectl';

jest.setTimeout(180_000);

// The same program as in the suite `postgres-root`, where the server is; here cert-manager and trust-manager are the real ones. No pod is needed.
const NAMESPACE = 'orders';
const OWN = { 'cdk8s-postgres-tls.test/owned': 'true' };
const SELECTOR = 'cdk8s-postgres-tls.test/owned=true';
const KINDS = ['ClusterIssuer', 'Certificate', 'Bundle'];
const CAS = ['orders-ca', 'orders-ca-2'];

const before = synthesize((app) => steady(app, 'orders-ca'));
const trustBoth = synthesize((app) => rotating(app, CaRotationStage.TRUST_BOTH, before.committed));
const issueFromNew = synthesize((app) => rotating(app, CaRotationStage.ISSUE_FROM_NEW, trustBoth.committed));
const removeOld = synthesize((app) => rotating(app, CaRotationStage.REMOVE_OLD, issueFromNew.committed));

const apply = (objects: readonly Manifest[]) => kubectl(['apply', '--server-side', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
const own = ({ metadata, ...object }: Manifest) => ({ ...object, metadata: { ...metadata, labels: { ...metadata.labels, ...OWN } } }) as Manifest;
const secretOf = async (namespace: string, name: string): Promise<LocalSecret> => {
  const { data } = await get(namespace, 'secret', name);
  return { name, data: Object.fromEntries(Object.entries(data as Record<string, string>).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()])) };
};
const root = async (ca: string) => parseCertificates((await secretOf('cert-manager', `${ca}-key-pair`)).data['ca.crt']!)[0]!;

async function remove(): Promise<void> {
  await tryKubectl(['delete', 'namespaces', '--selector', SELECTOR, '--wait', '--timeout=150s']);
  await tryKubectl(['delete', 'bundles.trust.cert-manager.io,clusterissuers.cert-manager.io', '--selector', SELECTOR]);
  await tryKubectl(['--namespace', 'cert-manager', 'delete', 'certificates.cert-manager.io', '--selector', SELECTOR]);
  await tryKubectl(['--namespace', 'cert-manager', 'delete', 'secrets', '--ignore-not-found', ...CAS.map((name) => `${name}-key-pair`)]);
}

/** Applies a stage and waits until it is carried out: the certificates issued, the bundle everywhere. Returns the fingerprints that every client trusts. */
async function carryOut({ documents }: Synthesis): Promise<string[]> {
  await apply(documents.filter(({ kind }) => KINDS.includes(kind)).map(own));
  const certificates = documents.filter(({ kind }) => kind === 'Certificate') as ClusterObject[];
  await eventually('every certificate of the stage', 60, async () => {
    for (const { metadata, spec } of certificates) {
      const { status, metadata: { generation } } = await get(metadata.namespace, 'certificate', metadata.name);
      const ready = status?.conditions?.find(({ type }: ClusterObject) => type === 'Ready');
      if (ready?.status !== 'True' || ready.observedGeneration !== generation) { throw new Error(`${metadata.name}: ${JSON.stringify(ready)}`); }
      const { metadata: { annotations } } = await get(metadata.namespace, 'secret', spec.secretName);
      if (annotations['cert-manager.io/issuer-name'] !== spec.issuerRef.name) { throw new Error(`${metadata.name} is still of ${annotations['cert-manager.io/issuer-name']}`); }
    }
  }, NAMESPACE);
  const expected = bundleConfigMap(find(documents, 'Bundle'), await Promise.all(CAS.map(async (name) => {
    const found = await tryKubectl(['--namespace', 'cert-manager', 'get', 'secret', `${name}-key-pair`]);
    return found.code === 0 ? secretOf('cert-manager', `${name}-key-pair`) : { name, data: {} };
  })), NAMESPACE);
  const fingerprints = (pem: string) => parseCertificates(pem).map(({ fingerprint256 }) => fingerprint256).sort();
  return eventually('the bundle of the stage', 60, async () => {
    const { data } = await get(NAMESPACE, 'configmap', 'orders-trust');
    expect(fingerprints(data['ca.crt'])).toEqual(fingerprints(expected.data!['ca.crt']!));
    return fingerprints(data['ca.crt']);
  }, NAMESPACE);
}

/** Whether an issued leaf verifies with an issued root. */
const signedBy = async (leaf: string, ca: string) => {
  const [certificate] = parseCertificates((await secretOf(NAMESPACE, leaf)).data['tls.crt']!);
  return certificate!.verify((await root(ca)).publicKey);
};

beforeAll(async () => {
  if ((process.env['KUBECONFIG'] ?? '') === '' || (await tryKubectl(['get', 'crd', 'bundles.trust.cert-manager.io'])).code !== 0) {
    throw new Error('the rotation DID NOT RUN on a cluster: it needs a KUBECONFIG whose cluster has cert-manager and trust-manager');
  }
  const existing = await tryKubectl(['get', 'namespace', NAMESPACE, '--output', 'jsonpath={.metadata.labels}']);
  if (existing.code === 0 && !existing.stdout.includes('cdk8s-postgres-tls.test/owned')) { throw new Error(`the rotation DID NOT RUN: namespace '${NAMESPACE}' has another owner`); }
  await remove();
  await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: OWN } } as Manifest]);
});

afterAll(remove);

test('before: one CA, and the bundle holds it', async () => {
  expect(await carryOut(before)).toEqual([(await root('orders-ca')).fingerprint256]);
  expect(await signedBy('orders-db-server-cert', 'orders-ca')).toBe(true);
});

test('trust both: the bundle holds two, nothing is issued anew', async () => {
  const leaf = await secretOf(NAMESPACE, 'orders-db-server-cert');
  expect(await carryOut(trustBoth)).toEqual((await Promise.all(CAS.map(async (name) => (await root(name)).fingerprint256))).sort());
  expect(await secretOf(NAMESPACE, 'orders-db-server-cert')).toEqual(leaf);
});

test('issue from new: certificates are the new CA\'s, and their own ca.crt has lost the old one', async () => {
  expect(await carryOut(issueFromNew)).toHaveLength(2);
  for (const leaf of ['orders-db-server-cert', 'orders-db-client-cert']) { expect(await signedBy(leaf, 'orders-ca-2')).toBe(true); }
  const { data } = await secretOf(NAMESPACE, 'orders-db-server-cert');
  expect(parseCertificates(data['ca.crt']!).map(({ fingerprint256 }) => fingerprint256)).toEqual([(await root('orders-ca-2')).fingerprint256]);
});

test('remove old: the bundle holds the new one alone', async () => {
  const leaf = await secretOf(NAMESPACE, 'orders-db-server-cert');
  expect(await carryOut(removeOld)).toEqual([(await root('orders-ca-2')).fingerprint256]);
  expect(await secretOf(NAMESPACE, 'orders-db-server-cert')).toEqual(leaf);
});
