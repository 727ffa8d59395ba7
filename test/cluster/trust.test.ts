import { tryKubectl } from './support/kubectl';
import { RULES } from '../support/rules';
import { type Example, manifestsOf, ruleSections } from '../support/rule-docs';

// Asks the API server and trust-manager's webhook and changes nothing, so it needs a cluster but no playground.
const REFUSED = new Set(RULES.filter(({ basis, source }) => basis === 'refused' && /trust-manager|ValidateLabelSelector/.test(source)).map(({ code }) => code));
const sections = ruleSections().filter(({ code }) => REFUSED.has(code));

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
