import { Chart, Duration, Size, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  CertificateAuthority, Flux, FluxDeletionPolicy, FluxGitRepository, FluxGitRepositoryProps, FluxHealthExpression, FluxKustomization, FluxKustomizationProps, GitReference,
  Postgres, PostgresStorage, PostgresVersion,
} from '../../src';
import { testWithSchemas, validateManifest } from '../support/schemas';
import { chartIn, Manifest, written } from '../support/tree';

test('protection of what cannot be made again, and of nothing else', () => {
  const chart = chartIn();
  Flux.of(chart).protect();
  const ca = new CertificateAuthority(chart, 'ca');
  new Postgres(chart, 'db', { version: PostgresVersion.V18, tls: { issuer: ca.issuer }, storage: PostgresStorage.durable({ size: Size.gibibytes(1) }) }).addClient('shop');
  const protectedOnes = Testing.synth(chart).filter(({ metadata }: Manifest) => metadata.annotations?.['kustomize.toolkit.fluxcd.io/prune'] === 'disabled');
  expect(protectedOnes.map(({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`).sort()).toEqual(['Certificate ca', 'Certificate db-client-ca', 'StatefulSet db']);
});

describe('GitRepository', () => {
  const made = (props: Partial<FluxGitRepositoryProps> = {}, chart = chartIn()) => {
    new FluxGitRepository(chart, 'databases', { url: 'https://git.example.com/databases.git', ...props });
    return written(chart, 'GitRepository');
  };

  test('by default the branch main, every minute', () => {
    expect(made()).toEqual({
      apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata: { name: 'databases', namespace: 'flux-system' },
      spec: { url: 'https://git.example.com/databases.git', ref: { branch: 'main' }, interval: '1m0s', timeout: '1m0s' },
    });
  });

  test('every property', () => {
    const chart = chartIn();
    const secret = Secret.fromSecretName(chart, 'secret', 'credentials');
    expect(made({ url: 'ssh://git@git.example.com/databases', reference: GitReference.semver('1.x'), interval: Duration.minutes(5), timeout: Duration.seconds(90), secret, folders: ['dist'] }, chart).spec)
      .toEqual({ url: 'ssh://git@git.example.com/databases', ref: { semver: '1.x' }, interval: '5m0s', timeout: '1m30s', secretRef: { name: 'credentials' }, sparseCheckout: ['dist'] });
    expect([GitReference.branch('next'), GitReference.tag('v1'), GitReference.commit('a'.repeat(40))].map((reference) => made({ reference }).spec.ref))
      .toEqual([{ branch: 'next' }, { tag: 'v1' }, { commit: 'a'.repeat(40) }]);
  });

  test.each<[Partial<FluxGitRepositoryProps>, string]>([
    [{ url: 'git@git.example.com:databases.git' }, "url 'git@git.example.com:databases.git' is not what Flux reads; give https://HOST/PATH or ssh://USER@HOST/PATH"],
    [{ interval: Duration.seconds(0) }, 'interval is zero'],
    [{ timeout: Duration.hours(1) }, 'timeout is an hour or more'],
    [{ folders: ['dist', '../x'] }, "folders[1] '../x' is not below the root"],
  ])('%j is refused', (props, message) => { expect(() => made(props)).toThrow(`[chart/databases] ${message}`); });

  test('references that Git cannot have are refused', () => {
    expect(() => GitReference.commit('abc')).toThrow("GitReference.commit: 'abc' is not the hash of a commit");
    expect(() => GitReference.branch('')).toThrow("GitReference.branch: '' is empty");
    expect(() => FluxGitRepository.fromGitRepositoryName(chartIn(), 'source', 'Flux')).toThrow("[chart/source] name 'Flux'");
  });
});

describe('Kustomization', () => {
  const sourceIn = (chart: Chart, namespace?: string) => FluxGitRepository.fromGitRepositoryName(chart, 'source', 'flux-system', namespace);
  const made = (props: Partial<FluxKustomizationProps> = {}, chart = chartIn(), namespace?: string) => {
    new FluxKustomization(chart, 'databases', { source: sourceIn(chart, namespace), ...props });
    return written(chart, 'Kustomization');
  };

  test('the defaults delete nothing, and wait for everything', () => {
    expect(made()).toEqual({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'databases', namespace: 'flux-system' },
      spec: {
        interval: '10m0s', retryInterval: '1m0s', timeout: '5m0s', sourceRef: { kind: 'GitRepository', name: 'flux-system' }, path: './',
        prune: false, deletionPolicy: 'Orphan', force: false, wait: true,
      },
    });
  });

  const full = (chart: Chart): Partial<FluxKustomizationProps> => ({
    metadata: { name: 'all', namespace: 'gitops' }, path: 'dist', interval: Duration.hours(1), retryInterval: Duration.minutes(2), timeout: Duration.minutes(15),
    prune: true, deletionPolicy: FluxDeletionPolicy.MIRROR_PRUNE, healthExpressions: [FluxHealthExpression.bundles()], targetNamespace: 'demo', serviceAccountName: 'deployer', suspend: true,
    healthChecks: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', namespace: 'demo' }],
    dependsOn: [FluxKustomization.fromKustomizationName(chart, 'cert-manager', 'cert-manager', 'flux-system'), new FluxKustomization(chart, 'issuers', { source: sourceIn(new Chart(chart, 'sources')), metadata: { namespace: 'gitops' } })],
  });
  const every = () => {
    const chart = chartIn();
    new FluxKustomization(chart, 'databases', { source: sourceIn(chart, 'flux-system'), ...full(chart) });
    return written(chart, 'Kustomization', 'all');
  };

  test('every property; namespaces are written where they differ', () => {
    expect(every()).toMatchObject({
      metadata: { name: 'all', namespace: 'gitops' },
      spec: {
        dependsOn: [{ name: 'cert-manager', namespace: 'flux-system' }, { name: 'issuers' }], interval: '1h0m0s', sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' },
        path: 'dist', targetNamespace: 'demo', serviceAccountName: 'deployer', prune: true, deletionPolicy: 'MirrorPrune', suspend: true, wait: false,
        healthChecks: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', namespace: 'demo' }],
        healthCheckExprs: [{ apiVersion: 'trust.cert-manager.io/v1alpha1', kind: 'Bundle' }],
      },
    });
  });

  testWithSchemas("is what Flux's schema describes", () => {
    expect([made(), every()].flatMap((manifest) => validateManifest(manifest, '1.36.0'))).toEqual([]);
  });

  test.each<[Partial<FluxKustomizationProps>, string]>([
    [{ path: '/dist' }, "path '/dist' is not below the root"],
    [{ interval: Duration.seconds(0) }, 'interval is zero'],
    [{ wait: true, healthChecks: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' }] }, 'healthChecks is set and wait is true, so that Flux ignores healthChecks'],
    [{ wait: false, healthExpressions: [FluxHealthExpression.bundles()] }, 'healthExpressions is set and nothing is waited for'],
    [{ healthExpressions: [FluxHealthExpression.bundles(), FluxHealthExpression.bundles()] }, 'healthExpressions has trust.cert-manager.io/v1alpha1 Bundle twice'],
    [{ deletionPolicy: FluxDeletionPolicy.MIRROR_PRUNE }, 'deletionPolicy is MirrorPrune and prune is not set'],
    [{ healthChecks: [{ apiVersion: '', kind: 'StatefulSet', name: 'db' }] }, "healthChecks[0].apiVersion is ''"],
    [{ targetNamespace: 'a_b' }, "targetNamespace 'a_b'"],
  ])('%j is refused', (props, message) => { expect(() => made(props)).toThrow(`[chart/databases] ${message}`); });

  test('one dependency twice is refused', () => {
    const chart = chartIn();
    const other = FluxKustomization.fromKustomizationName(chart, 'other', 'other');
    expect(() => made({ dependsOn: [other, other] }, chart)).toThrow("[chart/databases] dependsOn has 'other' twice");
  });

  test('an empty expression is refused', () => {
    expect(() => FluxHealthExpression.custom({ apiVersion: 'example.com/v1', kind: 'Thing', current: ' ' })).toThrow('FluxHealthExpression.custom: current is empty');
  });
});
