import { ApiObject } from 'cdk8s';
import { Certificate, CertificateAuthority, ClusterIssuer, Issuer, IssuerSource } from '../../src';
import { chartIn, written } from '../support/tree';

test('has its object as default child', () => {
  const issuer = new Issuer(chartIn(), 'ca', { source: IssuerSource.selfSigned() });
  expect(ApiObject.of(issuer).kind).toBe('Issuer');
});

test('a self-signed issuer', () => {
  const chart = chartIn();
  const issuer = new Issuer(chart, 'ca', { source: IssuerSource.selfSigned() });
  expect(written(chart, 'Issuer')).toEqual({
    apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'ca', namespace: 'demo' }, spec: { selfSigned: {} },
  });
  expect(issuer).toMatchObject({ issuerName: 'ca', issuerKind: 'Issuer', issuerGroup: 'cert-manager.io', issuerNamespace: 'demo', providesCaCertificate: true });
});

test('an issuer that signs with the key pair of a Secret made elsewhere', () => {
  const chart = chartIn();
  new Issuer(chart, 'ca', { source: IssuerSource.ca(Certificate.fromSecretName(chart, 'pair', 'postgres-ca')) });
  expect(written(chart, 'Issuer').spec).toEqual({ ca: { secretName: 'postgres-ca' } });
});

test('a CA issuer has its certificate, every other issuer none', () => {
  const chart = chartIn();
  const certificate = Certificate.fromSecretName(chart, 'pair', 'postgres-ca');
  expect(new Issuer(chart, 'ca', { source: IssuerSource.ca(certificate) }).caCertificate).toBe(certificate);
  expect(new ClusterIssuer(chart, 'cluster-ca', { source: IssuerSource.ca(certificate) }).caCertificate).toBe(certificate);
  const ca = new CertificateAuthority(chart, 'private-ca');
  expect([ca.caCertificate, ca.issuer.caCertificate]).toEqual([ca.certificate, ca.certificate]);
  expect(ca.certificate.issuer?.caCertificate).toBeUndefined();
  expect(Issuer.fromIssuerName(chart, 'other', 'other').caCertificate).toBeUndefined();
});

test('URLs that issued certificates name', () => {
  const chart = chartIn();
  const pair = Certificate.fromSecretName(chart, 'pair', 'postgres-ca');
  const options = { crlDistributionPoints: ['http://a/crl'], ocspServers: ['http://a/ocsp'], issuingCertificateUrls: ['http://a/ca'] };
  new Issuer(chart, 'ca', { source: IssuerSource.ca(pair, options) });
  expect(written(chart, 'Issuer').spec.ca).toEqual({
    secretName: 'postgres-ca', crlDistributionPoints: ['http://a/crl'], ocspServers: ['http://a/ocsp'], issuingCertificateURLs: ['http://a/ca'],
  });
  new Issuer(chart, 'self', { source: IssuerSource.selfSigned({ crlDistributionPoints: ['http://a/crl'] }) });
  expect(written(chart, 'Issuer', 'self').spec.selfSigned).toEqual({ crlDistributionPoints: ['http://a/crl'] });
});

test('metadata of the user is written', () => {
  const chart = chartIn();
  const issuer = new Issuer(chart, 'ca', { metadata: { name: 'other', labels: { team: 'a' } }, source: IssuerSource.selfSigned() });
  expect(written(chart, 'Issuer').metadata).toEqual({ name: 'other', namespace: 'demo', labels: { team: 'a' } });
  expect(issuer.issuerName).toBe('other');
});

test('references write nothing', () => {
  const chart = chartIn();
  const named = Issuer.fromIssuerName(chart, 'named', 'company-ca');
  const external = Issuer.fromExternalIssuer(chart, 'external', { group: 'awspca.cert-manager.io', kind: 'AWSPCAClusterIssuer', name: 'pca', providesCaCertificate: false });
  expect(named).toMatchObject({ issuerName: 'company-ca', issuerKind: 'Issuer', issuerGroup: 'cert-manager.io', issuerNamespace: 'demo' });
  expect(external).toMatchObject({ issuerName: 'pca', issuerKind: 'AWSPCAClusterIssuer', issuerGroup: 'awspca.cert-manager.io', providesCaCertificate: false });
  expect(chart.toJson()).toEqual([]);
});
