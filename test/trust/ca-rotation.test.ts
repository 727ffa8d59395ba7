import { App, Testing } from 'cdk8s';
import { rotating, steady } from '../../examples/ca-rotation';
import {
  CaRotation, CaRotationStage, Certificate, CertificateAuthority, CertificateAuthorityScope, ClusterIssuer, CommittedManifests, Issuer, IssuerSource,
  Postgres, PostgresStorage, PostgresVersion, TrustBundleKind, TrustBundleSource, TrustBundleTarget, TrustDistribution, TrustedCa, TrustSource, Validation,
} from '../../src';
import { synthesize } from '../support/synthesis';
import { certificatePem } from '../support/certificate-pem';
import { chartIn, written } from '../support/tree';

const { TRUST_BOTH, ISSUE_FROM_NEW, REMOVE_OLD } = CaRotationStage;
const before = synthesize((app) => steady(app, 'orders-ca')).committed;
const at = (stage: CaRotationStage, committed: CommittedManifests) => synthesize((app) => rotating(app, stage, committed)).committed;
const trusting = at(TRUST_BOTH, before);
const issuing = at(ISSUE_FROM_NEW, trusting);
const removed = at(REMOVE_OLD, issuing);

describe('a stage', () => {
  test.each([
    [TRUST_BOTH, before, 'orders-ca', ['orders-ca-key-pair', 'orders-ca-2-key-pair']],
    [ISSUE_FROM_NEW, trusting, 'orders-ca-2', ['orders-ca-key-pair', 'orders-ca-2-key-pair']],
    [REMOVE_OLD, issuing, 'orders-ca-2', ['orders-ca-2-key-pair']],
  ])('%s', (stage, committed, issuer, roots) => {
    const app = new App();
    const chart = rotating(app, stage, committed);
    expect(written(chart, 'Certificate', 'orders-db-server-cert').spec.issuerRef).toEqual({ name: issuer, kind: 'ClusterIssuer', group: 'cert-manager.io' });
    expect(written(app.charts.find(({ node }) => node.id === 'cas')!, 'Bundle').spec.sources).toEqual(roots.map((name) => ({ secret: { name, key: 'ca.crt' } })));
  });
});

describe('the way of a roll', () => {
  test.each<[string, CaRotationStage, CommittedManifests]>([
    ['from nothing', TRUST_BOTH, CommittedManifests.none()],
    ['begins', TRUST_BOTH, before],
    ['goes on', ISSUE_FROM_NEW, trusting],
    ['ends', REMOVE_OLD, issuing],
    ['a stage can be synthesized again', ISSUE_FROM_NEW, issuing],
    ['and the last one too', REMOVE_OLD, removed],
    ['goes back before anything was issued', TRUST_BOTH, trusting],
    ['goes back while both are trusted', TRUST_BOTH, issuing],
    ['stops going back', ISSUE_FROM_NEW, issuing],
  ])('%s: %s', (_, stage, committed) => {
    expect(() => at(stage, committed)).not.toThrow();
  });

  test.each<[string, CaRotationStage, CommittedManifests, RegExp]>([
    ['issues from a CA that no client trusts', ISSUE_FROM_NEW, before, /\[cas\/orders-trust\] stage 'issue-from-new' requires 'trust-both' to be applied, but Bundle 'orders-trust' in the committed texts does not contain the CA of 'orders-ca-2'; synthesize, commit and apply 'trust-both' first/],
    ['skips two', REMOVE_OLD, before, /stage 'remove-old' requires 'trust-both' to be applied/],
    ['begins in the middle', ISSUE_FROM_NEW, CommittedManifests.none(), /in an empty set of manifests does not contain the CA of 'orders-ca-2'/],
    ['removes what is in use', REMOVE_OLD, trusting, /\[orders\/orders-db\/server-cert\] PGTLS-E35: Bundle 'orders-trust' removes the CA in Secret 'orders-ca-key-pair' in namespace 'cert-manager', which verifies the currently applied Certificate 'orders-db-server-cert'/],
    ['goes back when the old one is gone', TRUST_BOTH, removed, /\[orders\/orders-db\/client-cert\] PGTLS-E34: Certificate 'orders-db-client-cert' changes from the CA in Secret 'orders-ca-2-key-pair' in namespace 'cert-manager' to the CA in Secret 'orders-ca-key-pair'/],
  ])('never %s', (_, stage, committed, message) => {
    expect(() => at(stage, committed)).toThrow(message);
  });

  test('begins without a bundle, and cannot skip a stage then either', () => {
    const withoutBundle = synthesize((app) => {
      const ca = new CertificateAuthority(chartIn('cert-manager', 'cas', app), 'orders-ca', { scope: CertificateAuthorityScope.cluster() });
      const chart = chartIn('orders', 'orders', app);
      Validation.of(chart).acknowledge('PGTLS-E14', 'not the matter here');
      new Postgres(chart, 'orders-db', { version: PostgresVersion.V18, tls: { issuer: ca.issuer }, storage: PostgresStorage.ephemeral() });
    }).committed;
    expect(() => at(TRUST_BOTH, withoutBundle)).not.toThrow();
    expect(() => at(ISSUE_FROM_NEW, withoutBundle)).toThrow("does not contain the CA of 'orders-ca-2'");
  });
});

test('the same key pair under one issuer is another CA when its Secret changes', () => {
  const program = (secretName: string, committed?: CommittedManifests) => (app: App) => {
    const chart = chartIn('demo', 'chart', app);
    const issuer = new Issuer(chart, 'ca', { source: IssuerSource.ca(Certificate.fromSecretName(chart, 'pair', secretName)) });
    new Certificate(chart, 'leaf', { issuer, commonName: 'leaf' });
    if (committed) { Validation.of(app).configure({ committed }); }
    return chart;
  };
  const { committed } = synthesize(program('first'));
  expect(Validation.of(program('second', committed)(Testing.app())).findings()).toEqual([expect.objectContaining({
    rule: expect.objectContaining({ code: 'PGTLS-E36' }), location: { path: 'chart/leaf' }, message: expect.stringContaining("Certificate 'leaf' changes from the CA in Secret 'first' in namespace 'demo' to the CA in Secret 'second' in namespace 'demo'"),
  })]);
  expect(Validation.of(program('first', committed)(Testing.app())).findings()).toEqual([]);
});

test('without trust-manager: certificates in code, in a ConfigMap of the namespace', async () => {
  const [first, second] = [await certificatePem('first'), await certificatePem('second')];
  const chart = chartIn();
  const ca = (name: string, pem: string) => TrustedCa.fromIssuer(Issuer.fromIssuerName(chart, name, name), TrustBundleSource.fromPem(pem));
  const rotation = new CaRotation(chart, 'trust', {
    from: ca('first', first), to: ca('second', second), stage: TRUST_BOTH, committed: CommittedManifests.none(), distribution: TrustDistribution.configMap(),
  });
  expect(written(chart, 'ConfigMap')).toEqual({
    apiVersion: 'v1', kind: 'ConfigMap',
    metadata: { name: 'trust', namespace: 'demo', annotations: { 'cdk8s-postgres-tls/trusted-cas': 'Issuer.cert-manager.io/demo/first,Issuer.cert-manager.io/demo/second' } },
    data: { 'ca.crt': first + second },
  });
  expect(rotation.trust).toMatchObject({ configMapName: 'trust', key: 'ca.crt', secretName: undefined });
  expect(rotation.issuer.issuerName).toBe('first');
});

test('without trust-manager: a stage needs the ConfigMap of its namespace', async () => {
  const [first, second] = [await certificatePem('first'), await certificatePem('second')];
  const program = (stage: CaRotationStage, committed: CommittedManifests, namespace = 'demo') => (app: App) => {
    const chart = chartIn(namespace, 'chart', app);
    const trusted = (name: string, pem: string) => TrustedCa.fromIssuer(ClusterIssuer.fromClusterIssuerName(chart, name, name), TrustBundleSource.fromPem(pem));
    new CaRotation(chart, 'trust', { from: trusted('first', first), to: trusted('second', second), stage, committed, distribution: TrustDistribution.configMap('root.pem') });
    return chart;
  };
  const { committed } = synthesize(program(TRUST_BOTH, CommittedManifests.none()));
  expect(() => synthesize(program(ISSUE_FROM_NEW, committed))).not.toThrow();
  expect(() => synthesize(program(ISSUE_FROM_NEW, committed, 'other'))).toThrow("but ConfigMap 'trust' in the committed texts does not contain the CA of 'second'");
});

test('with trust-manager: what it writes, and where', () => {
  const chart = chartIn();
  const ca = (name: string) => TrustedCa.fromIssuer(Issuer.fromIssuerName(chart, name, name), TrustBundleSource.fromSecretName(name));
  const options = { kind: TrustBundleKind.CLUSTER_BUNDLE, target: TrustBundleTarget.secret('root.pem'), namespaceLabels: { team: 'a' } };
  const { trust } = new CaRotation(chart, 'roots', { from: ca('a'), to: ca('b'), stage: TRUST_BOTH, committed: CommittedManifests.none(), distribution: TrustDistribution.trustManager(options) });
  expect(written(chart, 'ClusterBundle').spec.target).toEqual({ secret: { data: [{ key: 'root.pem' }] }, namespaceSelector: { matchLabels: { team: 'a' } } });
  expect(trust).toMatchObject({ secretName: 'roots', key: 'root.pem' });
});

test('metadata of a rotation is that of its bundle', () => {
  const chart = chartIn();
  const ca = (name: string) => TrustedCa.fromIssuer(Issuer.fromIssuerName(chart, name, name), TrustBundleSource.fromSecretName(name));
  const labels = { team: 'platform' };
  new CaRotation(chart, 'rotation', { metadata: { name: 'roots', labels }, from: ca('a'), to: ca('b'), stage: TRUST_BOTH, committed: CommittedManifests.none() });
  expect(written(chart, 'Bundle').metadata).toMatchObject({ name: 'roots', labels });
});

test('a CA is not rotated to itself', () => {
  const chart = chartIn();
  const ca = TrustedCa.fromIssuer(Issuer.fromIssuerName(chart, 'ca', 'ca'), TrustBundleSource.fromSecretName('ca'));
  expect(() => new CaRotation(chart, 'roll', { from: ca, to: ca, stage: TRUST_BOTH, committed: CommittedManifests.none() }))
    .toThrow("[chart/roll] from and to are both issuer 'ca'; a rotation needs a new CA with a different issuer");
});

test('an app has one set of committed manifests', () => {
  const chart = chartIn();
  const ca = (name: string) => TrustedCa.fromIssuer(Issuer.fromIssuerName(chart, name, name), TrustBundleSource.fromSecretName(`${name}-root`));
  const rotation = (id: string, committed: CommittedManifests) => new CaRotation(chart, id, { from: ca(`${id}-a`), to: ca(`${id}-b`), stage: TRUST_BOTH, committed });
  rotation('one', CommittedManifests.none());
  rotation('two', CommittedManifests.none());
  expect(() => rotation('three', before)).toThrow("[chart/three] committed is configured twice: 'an empty set of manifests' and 'the committed texts'");
});

test('TrustSource names its object', () => {
  expect(TrustSource.fromIssuedSecret()).toMatchObject({ isIssuedSecret: true, key: 'ca.crt' });
  expect(TrustSource.fromConfigMapName('roots')).toMatchObject({ isIssuedSecret: false, configMapName: 'roots', key: 'ca.crt' });
  expect(TrustSource.fromSecretName('roots', 'root.pem')).toMatchObject({ isIssuedSecret: false, secretName: 'roots', key: 'root.pem' });
});
