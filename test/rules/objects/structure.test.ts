import { ApiObject, JsonPatch } from 'cdk8s';
import { Certificate, CertManagerVersion, Issuer, Validation } from '../../../src';
import { nearest } from '../../../src/formats';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeCertManagerSchemas } from '../../../tools/schemas';
import { REPOSITORY } from '../../support/repository';
import { certificate, clusterIssuer, issuer } from '../../fixtures';
import { codesOf, messagesOf } from '../../support/findings';
import { chartIn, refusal } from '../../support/tree';

test('the schemas are those of the definitions', () => {
  const written = readFileSync(join(REPOSITORY, 'src/pki/generated/cert-manager-schemas.ts'), 'utf8');
  const isSame = written === describeCertManagerSchemas();
  expect(isSame ? 'up to date' : 'stale: run `npm run schemas`').toBe('up to date');
});

const solver = (http01: object) => issuer({ acme: { server: 'https://acme', privateKeySecretRef: { name: 'a' }, solvers: [{ http01 }] } });

// Every rule is broken exactly, and met narrowly.
test.each<[string, object, object]>([
  ['PGTLS-A07', certificate({ isCa: true }), certificate({ isCA: false })],
  ['PGTLS-A07', certificate({ privateKey: { algorithm: 'ECDSA', keySize: 256 } }), certificate({ privateKey: { algorithm: 'ECDSA', size: 256 } })],
  ['PGTLS-A07', { ...certificate(), metadate: {} }, { ...certificate(), status: { conditions: [] } }],
  ['PGTLS-A07', issuer({ selfSigned: { crlDistributionPoint: ['http://a/crl'] } }), issuer({ selfSigned: { crlDistributionPoints: ['http://a/crl'] } })],
  ['PGTLS-A07', solver({ ingress: { podTemplates: {} } }), solver({ ingress: { podTemplate: { spec: { nodeSelector: { disk: 'ssd' } } } } })],
  ['PGTLS-A07', clusterIssuer({ selfSigned: {}, ca_: {} }), clusterIssuer({ selfSigned: {} })],
  ['PGTLS-A13', certificate({ usages: ['server-auth'] }), certificate({ usages: ['server auth'], dnsNames: ['db'] })],
  ['PGTLS-A13', certificate({ privateKey: { algorithm: 'rsa' } }), certificate({ privateKey: { algorithm: 'RSA' } })],
  ['PGTLS-A13', certificate({ privateKey: { algorithm: 'RSA', size: '2048' } }), certificate({ privateKey: { algorithm: 'RSA', size: 2048 } })],
  ['PGTLS-A13', certificate({ secretTemplate: { labels: { version: 1 } } }), certificate({ secretTemplate: { labels: { version: '1' } } })],
  ['PGTLS-A13', certificate({ revisionHistoryLimit: 3_000_000_000 }), certificate({ revisionHistoryLimit: 2_000_000_000 })],
  ['PGTLS-A13', certificate({ isCA: 'false' }), certificate({ isCA: null })],
  ['PGTLS-A13', certificate({ dnsNames: 'db' }), certificate({ dnsNames: ['db'] })],
  ['PGTLS-A13', certificate({ dnsNames: [null, 'db'] }), certificate({ dnsNames: null, usages: undefined })],
  ['PGTLS-A13', certificate({ secretName: 1 }), certificate({ secretName: '1' })],
  ['PGTLS-A13', certificate({ keystores: { jks: { passwordSecretRef: { name: 'a', key: 'b' } } } }), certificate({ keystores: { jks: { create: false, passwordSecretRef: { name: 'a', key: 'b' } } } })],
  ['PGTLS-A13', solver({ gatewayHTTPRoute: { parentRefs: [{ name: 'a', kind: 'Gateway', port: 0 }] } }), solver({ gatewayHTTPRoute: { parentRefs: [{ name: 'a', kind: 'Gateway', port: 1 }] } })],
  ['PGTLS-A13', solver({ gatewayHTTPRoute: { parentRefs: [{ name: '', kind: 'Gateway' }] } }), solver({ gatewayHTTPRoute: { parentRefs: [] } })],
  ['PGTLS-A13', issuer({ ca: {} }), issuer({ ca: { secretName: 'a' } })],
  ['PGTLS-A13', { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'a' } }, clusterIssuer({ selfSigned: {} })],
  ['PGTLS-A14', { ...certificate(), apiVersion: 'cert-manager.io/v1alpha2' }, { ...certificate(), apiVersion: 'cert-manager.io/v1' }],
])('%s is broken by %j and met by %j', (code, broken, met) => {
  expect(codesOf([broken])).toEqual([code]);
  expect(codesOf([met])).toEqual([]);
});

test.each<[object, string]>([
  [{ isCa: true }, 'spec.isCa is not a field of the cert-manager API (did you mean isCA?)'],
  [{ dnsName: ['a'] }, 'spec.dnsName is not a field of the cert-manager API (did you mean dnsNames?)'],
  [{ issuer: { name: 'a' } }, 'spec.issuer is not a field of the cert-manager API (did you mean issuerRef?)'],
  [{ subject: { commonName: 'a' } }, 'spec.subject.commonName is not a field of the cert-manager API: the fields of spec.subject are countries, localities'],
  [{ usages: ['server_auth'] }, "spec.usages[0] is 'server_auth' (did you mean 'server auth'?)"],
  [{ privateKey: { encoding: 'DER' } }, "spec.privateKey.encoding is 'DER', expected one of PKCS1, PKCS8"],
  [{ secretTemplate: { annotations: { 'example.com/a': true } } }, "spec.secretTemplate.annotations['example.com/a'] is the boolean true, expected a string"],
  [{ subject: [] }, 'spec.subject is a list, expected a mapping'],
])('%j: %s', (change, message) => {
  expect(messagesOf([certificate(change)])).toContainEqual(expect.stringContaining(message));
});

test.each<[string, string | undefined]>([
  ['secretname', 'secretName'], ['secert-name', 'secretName'], ['dns', 'dnsNames'], ['foo', undefined], ['', undefined],
])('near %j is %p', (given, expected) => {
  expect(nearest(given, ['secretName', 'dnsNames', 'duration', 'ipAddresses'])).toBe(expected);
});

test('an object of another API group has no finding', () => {
  expect(codesOf([{ apiVersion: 'example.com/v1', kind: 'Certificate', metadata: { name: 'a' }, spec: { anything: 1 } }])).toEqual([]);
});

const version = (minor: number) => ({ certManagerVersion: CertManagerVersion.of(`1.${minor}`) });
const dns01 = (provider: object) => issuer({ acme: { server: 'https://acme', privateKeySecretRef: { name: 'a' }, solvers: [{ dns01: provider }] } });
const keystore = (change: object) => certificate({ keystores: { pkcs12: { create: true, profile: 'Modern2023', ...change } } });

describe('PGTLS-V01', () => {
  test.each<[number, string, object]>([
    [16, 'spec.renewBeforePercentage', certificate({ renewBefore: undefined, renewBeforePercentage: 33 })],
    [17, 'spec.nameConstraints', certificate({ nameConstraints: { permitted: { dnsDomains: ['svc'] } } })],
    [17, 'spec.keystores.pkcs12.password', keystore({ password: 'changeit' })],
    [17, 'spec.acme.solvers[0].dns01.azureDNS.managedIdentity.tenantID', dns01({ azureDNS: { managedIdentity: { tenantID: 'a' } } })],
    [18, 'spec.signatureAlgorithm', certificate({ signatureAlgorithm: 'ECDSAWithSHA256' })],
    [18, 'spec.acme.profile', issuer({ acme: { server: 'https://acme', privateKeySecretRef: { name: 'a' }, profile: 'shortlived' } })],
    [18, 'spec.vault.serverName', issuer({ vault: { serverName: 'a' } })],
    [19, 'spec.acme.solvers[0].dns01.rfc2136.protocol', dns01({ rfc2136: { nameserver: '10.0.0.1', protocol: 'TCP' } })],
    [20, 'spec.acme.solvers[0].dns01.azureDNS.zoneType', dns01({ azureDNS: { zoneType: 'AzurePrivateZone' } })],
    [20, 'spec.otherNames', certificate({ otherNames: [{ oid: '1.2.3', utf8Value: 'a' }] })],
    [21, 'spec.renewal', certificate({ renewal: { policy: 'RenewBefore' } })],
    [21, 'spec.keystores.pkcs12.profile Modern2026', keystore({ profile: 'Modern2026', passwordSecretRef: { name: 'a', key: 'b' } })],
    [21, 'spec.vault.auth.aws', issuer({ vault: { auth: { aws: { role: 'a' } } } })],
    [21, 'spec.venafi.ngts', issuer({ venafi: { ngts: { tsgID: '1', credentialsRef: { name: 'a' } } } })],
  ])('needs 1.%i: %s', (minor, what, manifest) => {
    const message = `${what} requires cert-manager 1.${minor}, but the manifests must work with 1.${minor - 1}`;
    expect(messagesOf([manifest], version(minor - 1))).toContainEqual(expect.stringContaining(message));
    expect(messagesOf([manifest], version(minor))).not.toContainEqual(expect.stringContaining('requires cert-manager'));
  });

  test('the default of certManagerVersion is 1.18', () => {
    const chart = chartIn();
    const leaf = new Certificate(chart, 'leaf', { issuer: Issuer.fromIssuerName(chart, 'ca', 'ca'), commonName: 'db', otherNames: [{ oid: '1.2.3', utf8Value: 'a' }] });
    expect(refusal(chart)).toContain('[chart/leaf] PGTLS-V01: spec.otherNames requires cert-manager 1.20, but the manifests must work with 1.18');
    Validation.of(leaf).configure(version(20));
    expect(refusal(chart)).toBe('');
  });
});

test('of a release after the newest known one, types are checked; fields and enum values are not', () => {
  expect(codesOf([certificate({ fieldOfTomorrow: 1, usages: ['usage of tomorrow'] })], version(22))).toEqual([]);
  expect(codesOf([certificate({ isCA: 'false' })], version(22))).toEqual(['PGTLS-A13']);
});

test('a patched manifest is checked as written', () => {
  const chart = chartIn();
  const leaf = new Certificate(chart, 'leaf', { issuer: Issuer.fromIssuerName(chart, 'ca', 'ca'), commonName: 'db' });
  ApiObject.of(leaf).addJsonPatch(JsonPatch.add('/spec/dnsname', ['db']));
  expect(refusal(chart)).toContain('[chart/leaf] PGTLS-A07: spec.dnsname is not a field of the cert-manager API (did you mean dnsNames?)');
});
