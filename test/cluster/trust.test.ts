import { createCa, parseCertificates } from '../local';
import { eventually, get, kubectl, tryKubectl, type ClusterObject } from './support/kubectl';
import { Consequence } from '../../src/rules';
import { RULES, sourcesOf } from '../../tools/rule-list';
import { type Example, manifestsOf, ruleTexts } from '../../tools/rule-pages';

jest.setTimeout(120_000);

const REFUSED = new Set(RULES.filter((rule) => rule.consequence === Consequence.REJECTED_ON_APPLY && /trust-manager|ValidateLabelSelector/.test(sourcesOf(rule)))
  .map(({ code }) => code));
const sections = ruleTexts().filter(({ code }) => REFUSED.has(code));

const admit = async (example: Example) => {
  const bundles = manifestsOf(example).filter((manifest) => (manifest as { kind: string }).kind === 'Bundle')
    // The examples are laid over namespaced ones.
    .map((manifest) => ({ ...manifest, metadata: { ...(manifest as { metadata: object }).metadata, namespace: undefined } }));
  expect(bundles).toHaveLength(1);
  return tryKubectl(['create', '--dry-run=server', '--validate=strict', '--filename', '-'], JSON.stringify(bundles[0]));
};

beforeAll(async () => {
  const { code, stderr } = await tryKubectl(['get', 'crd', 'bundles.trust.cert-manager.io']);
  if ((process.env['KUBECONFIG'] ?? '') === '' || code !== 0) { throw new Error(`the trust suite DID NOT RUN: it needs a KUBECONFIG whose cluster has trust-manager, but ${stderr}`); }
});

test('there are rules to show', () => {
  expect(sections.length).toBeGreaterThanOrEqual(10);
});

test.each(sections)('$code: trust-manager refuses the wrong example and takes the right one', async ({ wrong, right }) => {
  expect(await admit(wrong)).toMatchObject({ code: 1, stderr: expect.stringMatching(/denied the request|is invalid|must/) });
  expect(await admit(right)).toMatchObject({ code: 0 });
});

const NAMESPACE = 'trust-test';
const OWN = { 'cdk8s-postgres-tls.test/owned': 'true' };
const SELECTOR = 'cdk8s-postgres-tls.test/owned=true';
const apply = (...items: ClusterObject[]) => kubectl(['apply', '--server-side', '--filename', '-'],
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items: items.map((item) => ({ ...item, metadata: { ...item.metadata, labels: OWN } })) }));
const bundle = (name: string, source: object) => ({
  apiVersion: 'trust.cert-manager.io/v1alpha1', kind: 'Bundle', metadata: { name },
  spec: { sources: [source], target: { configMap: { key: 'ca.crt' }, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': NAMESPACE } } } },
});
const secret = (namespace: string, name: string, { data }: { data: Record<string, string> }) => ({
  apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata: { name, namespace }, stringData: data,
});
const synced = (name: string, status: string) => eventually(`Synced=${status} of ${name}`, 30, async () => {
  const { conditions = [] } = JSON.parse(await kubectl(['get', 'bundles.trust.cert-manager.io', name, '--output', 'json'])).status ?? {};
  const condition = conditions.find(({ type }: ClusterObject) => type === 'Synced');
  if (condition?.status !== status) { throw new Error(JSON.stringify(condition)); }
  return `${condition.reason}: ${condition.message}`;
});

/** What is accepted and then comes to nothing, or to harm. */
describe('rules that only show later', () => {
  const remove = async () => {
    await tryKubectl(['delete', 'bundles.trust.cert-manager.io,clusterissuers.cert-manager.io', '--selector', SELECTOR]);
    await tryKubectl(['--namespace', 'cert-manager', 'delete', 'certificates.cert-manager.io,secrets', '--selector', SELECTOR]);
    await tryKubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait', '--timeout=60s']);
  };
  beforeAll(async () => {
    await remove();
    await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  });
  afterAll(remove);

  test('PGTLS-E30: a source outside the trust namespace is not found', async () => {
    const root = await createCa('root');
    await apply(secret(NAMESPACE, 'trust-test-root', root), bundle('trust-test-e30', { secret: { name: 'trust-test-root', key: 'ca.crt' } }));
    expect(await synced('trust-test-e30', 'False')).toMatch(/NotFound.*cert-manager\/trust-test-root/);
    await apply(secret('cert-manager', 'trust-test-root', root));
    await synced('trust-test-e30', 'True');
  });

  test('PGTLS-E31: a text that is no certificate stops the bundle', async () => {
    const { data } = await createCa('root');
    await apply(bundle('trust-test-e31', { inLine: '/etc/ssl/root.pem' }));
    expect(await synced('trust-test-e31', 'False')).toMatch(/couldn't find any valid certificates/);
    await apply(bundle('trust-test-e31', { inLine: data['ca.crt'] }));
    await synced('trust-test-e31', 'True');
    await apply(bundle('trust-test-e31', { inLine: data['ca.crt']! + data['tls.key']! }));
    expect(await synced('trust-test-e31', 'False')).toMatch(/only CERTIFICATE blocks are permitted/);
  });

  test('PGTLS-E32: all keys of a Secret with a private key are refused', async () => {
    await apply(secret('cert-manager', 'trust-test-pair', await createCa('pair')), bundle('trust-test-e32', { secret: { name: 'trust-test-pair', includeAllKeys: true } }));
    expect(await synced('trust-test-e32', 'False')).toMatch(/includeAllKeys is not supported for TLS Secrets/);
  });

  test.each(['Always', 'Never'])('PGTLS-E33: a bundle of the live Secret after a renewal, rotationPolicy %s', async (rotationPolicy) => {
    const name = `trust-test-${rotationPolicy.toLowerCase()}`;
    await apply(
      { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'trust-test-self' }, spec: { selfSigned: {} } },
      {
        apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name, namespace: 'cert-manager' },
        spec: { secretName: name, isCA: true, commonName: name, issuerRef: { kind: 'ClusterIssuer', name: 'trust-test-self' }, privateKey: { algorithm: 'ECDSA', rotationPolicy }, secretTemplate: { labels: OWN } },
      },
      bundle(name, { secret: { name, key: 'ca.crt' } }),
    );
    await synced(name, 'True');
    const held = async () => parseCertificates((await eventually('the bundle', 30, () => get(NAMESPACE, 'configmap', name))).data['ca.crt']);
    const [before] = await held();
    await kubectl(['--namespace', 'cert-manager', 'patch', 'certificate', name, '--subresource', 'status', '--type', 'merge', '--patch',
      JSON.stringify({ status: { conditions: [{ type: 'Issuing', status: 'True', reason: 'ManuallyTriggered', message: 'test', lastTransitionTime: new Date().toISOString() }] } })]);
    const after = await eventually('the renewed root', 60, async () => {
      const now = await held();
      if (now[0]!.fingerprint256 === before!.fingerprint256) { throw new Error('still the old one'); }
      return now;
    });
    // One root in both cases: whether it verifies what the old one has signed is a question of its key.
    expect(after).toHaveLength(1);
    expect(before!.verify(after[0]!.publicKey)).toBe(rotationPolicy === 'Never');
  });
});
