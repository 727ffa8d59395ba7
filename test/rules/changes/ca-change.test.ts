import { ApiObject, Chart, Duration, JsonPatch } from 'cdk8s';
import { Certificate, CertificateAuthority, CertificateAuthorityProps, ChangeConsent, Issuer, PrivateKey, Severity } from '../../../src';
import { changed, chartOf, Program, severityAndCode } from '../../support/changes';

const chain = (chart: Chart, root: CertificateAuthorityProps, issuing?: CertificateAuthorityProps) => {
  const ca = new CertificateAuthority(chart, 'root', root);
  return issuing === undefined ? ca : new CertificateAuthority(chart, 'issuing', { parent: ca, ...issuing });
};

/** A certificate below a CA, or below a CA and an intermediate. */
const issued = (root: CertificateAuthorityProps = {}, issuing?: CertificateAuthorityProps): Program => (app) => {
  const chart = chartOf(app, 'shop');
  new Certificate(chart, 'db', { issuer: chain(chart, root, issuing), commonName: 'db', dnsNames: ['db'] });
};
/** A CA that has signed nothing. */
const unused = (root: CertificateAuthorityProps = {}): Program => (app) => chain(chartOf(app, 'shop'), root);
const patched = (...patches: JsonPatch[]): Program => (app) => {
  const chart = chartOf(app, 'shop');
  const ca = new CertificateAuthority(chart, 'root');
  ApiObject.of(ca.certificate).addJsonPatch(...patches);
  new Certificate(chart, 'db', { issuer: ca, commonName: 'db', dnsNames: ['db'] });
};

/** A CA whose parent the platform has. */
const below = (name: string): Program => (app) => {
  const chart = chartOf(app, 'shop');
  const ca = new CertificateAuthority(chart, 'root', { parent: Issuer.fromIssuerName(chart, 'parent', name), commonName: 'root CA' });
  new Certificate(chart, 'db', { issuer: ca, commonName: 'db', dnsNames: ['db'] });
};

const p384 = { privateKey: PrivateKey.ecdsa(384) };

test.each<[string, Program, Program, string]>([
  ['nothing changes', issued(), issued(), ''],
  ['another common name', issued(), issued({ commonName: 'Another CA' }), 'error PGTLS-S20'],
  ['an organization', issued(), issued({ subject: { organizations: ['shop'] } }), 'error PGTLS-S20'],
  ['the same subject, as literalSubject', issued(), patched(JsonPatch.remove('/spec/commonName'), JsonPatch.add('/spec/literalSubject', 'CN=root CA')), ''],
  ['another size', issued(), issued(p384), 'error PGTLS-S21'],
  ['another algorithm', issued(), issued({ privateKey: PrivateKey.rsa(4096) }), 'error PGTLS-S21'],
  ['subject and key: two changes', issued(), issued({ ...p384, commonName: 'Another CA' }), 'error PGTLS-S20,error PGTLS-S21'],
  ['another lifetime', issued(), issued({ duration: Duration.days(3000) }), ''],
  ['another subject of an intermediate, which is sent along', issued({}, {}), issued({}, { commonName: 'Another CA' }), ''],
  ['another key of an intermediate that keeps its key', issued({}, {}), issued({}, p384), 'error PGTLS-S21'],
  ['a CA that has signed nothing', unused(), unused({ ...p384, commonName: 'Another CA' }), ''],
  ['another Secret, while the issuer stays with the old one', issued(), patched(JsonPatch.replace('/spec/secretName', 'elsewhere')), 'error PGTLS-S22'],
  ['another root, which is not in the app', below('corporate'), below('corporate-2'), 'error PGTLS-S23'],
  ['a root of its own in place of one that is not in the app', below('corporate'), issued(), 'error PGTLS-S23'],
  ['another Secret for both: another CA for the certificate', issued(), issued({ metadata: { name: 'root-2' } }), 'warning PGTLS-E36'],
])('%s', (_, before, after, expected) => {
  expect(severityAndCode(changed(before, after)).filter((line) => !line.includes('PGTLS-A')).join()).toBe(expected);
});

test('the message names a certificate that is in use, and a consent lets the change pass', () => {
  const consent = ChangeConsent.caReplaced('shop', 'root', 'every certificate is renewed tonight');
  const [finding] = changed(issued(), issued({ commonName: 'Another CA' }));
  expect(finding).toMatchObject({ location: { path: 'chart-shop/root/certificate' }, severity: Severity.ERROR });
  expect(finding!.message).toContain("Certificate 'root' changes its subject from 'CN=root CA' to 'CN=Another CA': Certificate 'db' names the old subject as its issuer");
  expect(finding!.message).toContain("ChangeConsent.caReplaced('shop', 'root', reason)");
  expect(changed(issued(), issued({ commonName: 'Another CA' }), [consent])).toEqual([expect.objectContaining({ severity: Severity.WARNING, acknowledged: consent.reason })]);
});
