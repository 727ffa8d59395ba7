import { Duration, Testing } from 'cdk8s';
import { Certificate, CertificateAuthority, CertificateAuthorityScope, PrivateKey } from '../../src';
import { chartIn, written } from '../support/tree';

test('is a self-signed issuer, the authority\'s certificate and the issuer that signs with it, in the order of applying', () => {
  const chart = chartIn();
  const authority = new CertificateAuthority(chart, 'orders-ca');
  expect(Testing.synth(chart).map(({ kind, metadata, spec }) => [kind, metadata.name, Object.keys(spec)[0]])).toEqual([
    ['Issuer', 'orders-ca-selfsigned', 'selfSigned'],
    ['Certificate', 'orders-ca', 'commonName'],
    ['Issuer', 'orders-ca', 'ca'],
  ]);
  expect(authority.issuer).toMatchObject({ issuerName: 'orders-ca', issuerKind: 'Issuer', issuerNamespace: 'demo' });
});

test('lives long, keeps its key and has a subject of its own', () => {
  const chart = chartIn();
  new CertificateAuthority(chart, 'orders-ca');
  expect(written(chart, 'Certificate').spec).toMatchObject({
    commonName: 'orders-ca CA',
    isCA: true,
    duration: '87600h0m0s',
    renewBefore: '8760h0m0s',
    issuerRef: { name: 'orders-ca-selfsigned', kind: 'Issuer' },
    privateKey: { algorithm: 'ECDSA', rotationPolicy: 'Never' },
    secretName: 'orders-ca-key-pair',
  });
  expect(written(chart, 'Issuer', 'orders-ca').spec).toEqual({ ca: { secretName: 'orders-ca-key-pair' } });
});

test('allows overrides', () => {
  const chart = chartIn();
  new CertificateAuthority(chart, 'ca', {
    name: 'db', commonName: 'Orders Root', subject: { organizations: ['Orders'] }, duration: Duration.days(1000), renewBefore: Duration.days(100),
    privateKey: PrivateKey.rsa(4096), nameConstraints: { permitted: { dnsDomains: ['svc'] } },
  });
  expect(written(chart, 'Certificate', 'db').spec).toMatchObject({
    commonName: 'Orders Root', subject: { organizations: ['Orders'] }, duration: '24000h0m0s', renewBefore: '2400h0m0s',
    privateKey: { algorithm: 'RSA', size: 4096, rotationPolicy: 'Never' }, nameConstraints: { permitted: { dnsDomains: ['svc'] } },
  });
});

test('for every namespace, keeps its key pair where cert-manager looks for a ClusterIssuer\'s', () => {
  const chart = chartIn();
  const authority = new CertificateAuthority(chart, 'platform', { scope: CertificateAuthorityScope.cluster() });
  expect(Testing.synth(chart).map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace])).toEqual([
    ['ClusterIssuer', 'platform-selfsigned', undefined],
    ['Certificate', 'platform', 'cert-manager'],
    ['ClusterIssuer', 'platform', undefined],
  ]);
  expect(authority.issuer).toMatchObject({ issuerKind: 'ClusterIssuer', issuerNamespace: undefined });
  expect(authority.certificate).toBeInstanceOf(Certificate);
  expect(authority.certificate.secretNamespace).toBe('cert-manager');
});

test('for every namespace, with another cluster resource namespace', () => {
  const chart = chartIn();
  new CertificateAuthority(chart, 'platform', { scope: CertificateAuthorityScope.cluster('pki') });
  expect(written(chart, 'Certificate').metadata.namespace).toBe('pki');
});
