import { Certificate, ClusterIssuer, IssuerSource } from '../../src';
import { chartIn, written } from '../support/tree';

test('has no namespace, for every namespace of its chart', () => {
  const chart = chartIn('demo');
  new ClusterIssuer(chart, 'platform', { source: IssuerSource.ca(Certificate.fromSecretName(chart, 'pair', 'platform-ca')) });
  expect(written(chart, 'ClusterIssuer')).toEqual({
    apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'platform' }, spec: { ca: { secretName: 'platform-ca' } },
  });
});

test('is referred to by name', () => {
  const issuer = ClusterIssuer.fromClusterIssuerName(chartIn(), 'platform', 'letsencrypt', { providesCaCertificate: false });
  expect(issuer).toMatchObject({ issuerName: 'letsencrypt', issuerKind: 'ClusterIssuer', issuerNamespace: undefined, providesCaCertificate: false });
});
