import { ApiObject, Chart, Duration, JsonPatch } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  Certificate, CertificateOutputFormat, CertificateProps, CertManagerVersion, ClusterIssuer, IIssuer, Issuer, IssuerSource, KeyUsage,
  Pkcs12Profile, PrivateKey, PrivateKeyEncoding, PrivateKeyRotationPolicy, RenewalPolicy, Severity, SignatureAlgorithm, Validation,
} from '../../src';
import { chartIn, refusal, written } from '../support/tree';

function issuerIn(chart: Chart): IIssuer {
  return Issuer.fromIssuerName(chart, 'issuer', 'ca');
}

const NEWEST = { certManagerVersion: CertManagerVersion.V1_21 };

function specOf(props: Partial<CertificateProps>) {
  const chart = chartIn();
  Validation.of(chart).configure(NEWEST);
  new Certificate(chart, 'cert', { issuer: issuerIn(chart), ...props });
  return written(chart, 'Certificate').spec;
}

test('gets defaults, all written out', () => {
  expect(specOf({ commonName: 'db' })).toEqual({
    secretName: 'cert',
    issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' },
    commonName: 'db',
    duration: '2160h0m0s',
    renewBefore: '720h0m0s',
    usages: ['digital signature', 'key encipherment'],
    privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' },
  });
});

test('a CA keeps its key and signs certificates only', () => {
  expect(specOf({ commonName: 'CA', isCa: true })).toMatchObject({
    isCA: true,
    usages: ['cert sign', 'crl sign', 'digital signature'],
    privateKey: { rotationPolicy: 'Never' },
  });
});

test('writes every field', () => {
  const chart = chartIn();
  Validation.of(chart).configure(NEWEST);
  const password = { secret: Secret.fromSecretName(chart, 'password', 'keystore-password'), key: 'password' };
  new Certificate(chart, 'cert', {
    metadata: { name: 'named', annotations: { a: 'b' } },
    issuer: issuerIn(chart),
    secretName: 'secret',
    commonName: 'db',
    subject: {
      organizations: ['o'], countries: ['DE'], organizationalUnits: ['ou'], localities: ['l'], provinces: ['p'], streetAddresses: ['s'],
      postalCodes: ['1'], serialNumber: '7',
    },
    dnsNames: ['b.example.com', 'a.example.com', 'b.example.com'],
    ipAddresses: ['10.0.0.1'],
    uris: ['spiffe://cluster.local/db'],
    emailAddresses: ['dba@example.com'],
    otherNames: [{ oid: '1.2.3.4', utf8Value: 'v' }],
    duration: Duration.days(30),
    renewBefore: Duration.days(10),
    renewalWindows: [{ cron: '0 3 * * *', windowDuration: Duration.hours(2), timezone: 'Europe/Berlin' }],
    isCa: true,
    usages: [KeyUsage.CERT_SIGN],
    encodeUsagesInRequest: false,
    privateKey: PrivateKey.rsa(4096, { encoding: PrivateKeyEncoding.PKCS1, rotationPolicy: PrivateKeyRotationPolicy.ALWAYS }),
    signatureAlgorithm: SignatureAlgorithm.SHA512_WITH_RSA,
    secretTemplate: { labels: { l: '1' }, annotations: { n: '2' } },
    additionalOutputFormats: [CertificateOutputFormat.DER, CertificateOutputFormat.COMBINED_PEM],
    keystores: { jks: { password, alias: 'db' }, pkcs12: { password, profile: Pkcs12Profile.MODERN_2026 } },
    nameConstraints: { critical: true, permitted: { dnsDomains: ['svc'], ipRanges: ['10.0.0.0/8'], emailAddresses: ['example.com'], uriDomains: ['x'] } },
    revisionHistoryLimit: 3,
  });
  expect(written(chart, 'Certificate')).toEqual({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'named', namespace: 'demo', annotations: { a: 'b' } },
    spec: {
      secretName: 'secret',
      issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' },
      commonName: 'db',
      subject: {
        organizations: ['o'], countries: ['DE'], organizationalUnits: ['ou'], localities: ['l'], provinces: ['p'], streetAddresses: ['s'],
        postalCodes: ['1'], serialNumber: '7',
      },
      dnsNames: ['a.example.com', 'b.example.com'],
      ipAddresses: ['10.0.0.1'],
      uris: ['spiffe://cluster.local/db'],
      emailAddresses: ['dba@example.com'],
      otherNames: [{ oid: '1.2.3.4', utf8Value: 'v' }],
      duration: '720h0m0s',
      renewBefore: '240h0m0s',
      renewal: { policy: 'RenewBefore', windows: [{ cron: '0 3 * * *', windowDuration: '2h0m0s', timezone: 'Europe/Berlin' }] },
      isCA: true,
      usages: ['cert sign'],
      encodeUsagesInRequest: false,
      privateKey: { algorithm: 'RSA', size: 4096, encoding: 'PKCS1', rotationPolicy: 'Always' },
      signatureAlgorithm: 'SHA512WithRSA',
      secretTemplate: { labels: { l: '1' }, annotations: { n: '2' } },
      additionalOutputFormats: [{ type: 'DER' }, { type: 'CombinedPEM' }],
      keystores: {
        jks: { create: true, alias: 'db', passwordSecretRef: { name: 'keystore-password', key: 'password' } },
        pkcs12: { create: true, profile: 'Modern2026', passwordSecretRef: { name: 'keystore-password', key: 'password' } },
      },
      nameConstraints: { critical: true, permitted: { dnsDomains: ['svc'], ipRanges: ['10.0.0.0/8'], emailAddresses: ['example.com'], uriDomains: ['x'] } },
      revisionHistoryLimit: 3,
    },
  });
});

test('the password of a keystore is never in code; who patches it into the manifest is warned', () => {
  const chart = chartIn();
  const password = { secret: Secret.fromSecretName(chart, 'password', 'keystore-password'), key: 'password' };
  const certificate = new Certificate(chart, 'cert', { issuer: issuerIn(chart), commonName: 'db', keystores: { jks: { password } } });
  expect(Validation.of(certificate).findings()).toEqual([]);
  ApiObject.of(certificate).addJsonPatch(JsonPatch.replace('/spec/keystores/jks', { create: true, password: 'changeit' }));
  expect(Validation.of(certificate).findings()).toEqual([expect.objectContaining({ rule: expect.objectContaining({ code: 'PGTLS-C11' }), severity: Severity.WARNING, location: expect.objectContaining({ path: 'chart/cert' }) })]);
});

describe('an issuer that is referred to', () => {
  function findingsOf(issuerOf: (here: Chart, there: Chart) => IIssuer) {
    const here = chartIn();
    const there = chartIn('elsewhere', 'elsewhere', here.node.root as never);
    new Certificate(here, 'cert', { issuer: issuerOf(here, there), commonName: 'db' });
    return Validation.of(here).findings();
  }

  test.each<[string, (here: Chart, there: Chart) => IIssuer]>([
    ['by name', (_, there) => Issuer.fromIssuerName(there, 'ca', 'ca')],
    ['and made by the app', (_, there) => new Issuer(there, 'ca', { source: IssuerSource.selfSigned() })],
  ])('%s in another namespace is refused, once', (_, issuerOf) => {
    const message = "issuerRef names Issuer 'ca', which is in namespace 'elsewhere', but the Certificate is in namespace 'demo'; "
      + 'use an Issuer in the namespace of the Certificate, or a ClusterIssuer';
    expect(findingsOf(issuerOf).filter(({ rule: { code } }) => code === 'PGTLS-A06')).toEqual([expect.objectContaining({ location: expect.objectContaining({ path: 'chart/cert' }), severity: Severity.ERROR, message })]);
  });

  test.each<[string, (here: Chart, there: Chart) => IIssuer]>([
    ['of the same namespace', (here) => Issuer.fromIssuerName(here, 'ca', 'ca')],
    ['of every namespace', (_, there) => ClusterIssuer.fromClusterIssuerName(there, 'ca', 'ca')],
    ['of another group', (_, there) => Issuer.fromExternalIssuer(there, 'ca', { group: 'awspca.cert-manager.io', kind: 'AWSPCAIssuer', name: 'ca' })],
  ])('%s passes', (_, issuerOf) => {
    expect(findingsOf(issuerOf)).toEqual([]);
  });
});

test('a whole subject replaces its parts', () => {
  expect(specOf({ literalSubject: 'CN=db,O=orders' })).toMatchObject({ literalSubject: 'CN=db,O=orders' });
});

test('a percentage replaces renewBefore', () => {
  const spec = specOf({ commonName: 'db', renewBeforePercentage: 25 });
  expect(spec.renewBeforePercentage).toBe(25);
  expect(spec).not.toHaveProperty('renewBefore');
});

test('renewalPolicy Disabled is written without renewBefore', () => {
  const spec = specOf({ commonName: 'db', renewalPolicy: RenewalPolicy.DISABLED });
  expect(spec.renewal).toEqual({ policy: 'Disabled' });
  expect(spec).not.toHaveProperty('renewBefore');
});

test.each<[string, Partial<CertificateProps>, number | undefined]>([
  ['a third of the lifetime', { duration: Duration.days(60) }, 20],
  ['a third of the default', {}, 30],
  ['as given', { renewBefore: Duration.days(7) }, 7],
  ['as a percentage', { duration: Duration.days(200), renewBeforePercentage: 25 }, 50],
  ['not at all', { renewalPolicy: RenewalPolicy.DISABLED }, undefined],
])('renewal is known: %s', (_, props, days) => {
  const chart = chartIn();
  const issuer = issuerIn(chart);
  const certificate = new Certificate(chart, 'cert', { issuer, commonName: 'a', ...props });
  expect(certificate.renewBefore?.toDays()).toBe(days);
  expect(certificate).toMatchObject({ certificateName: 'cert', issuer });
});

test('a certificate from elsewhere has a Secret, and neither issuer nor renewal', () => {
  const { secretName, certificateName, issuer, renewBefore } = Certificate.fromSecretName(chartIn(), 'cert', 'pair');
  expect({ secretName, certificateName, issuer, renewBefore }).toEqual({ secretName: 'pair', certificateName: undefined, issuer: undefined, renewBefore: undefined });
});

test('an Ed25519 key has no size', () => {
  expect(specOf({ commonName: 'db', privateKey: PrivateKey.ed25519() }).privateKey).toEqual({ algorithm: 'Ed25519', encoding: 'PKCS8', rotationPolicy: 'Always' });
});

describe('its Secret', () => {
  test.each<[string, Partial<CertificateProps>, string[]]>([
    ['of a private CA', {}, ['ca.crt', 'tls.crt', 'tls.key']],
    ['with more formats', { additionalOutputFormats: [CertificateOutputFormat.DER, CertificateOutputFormat.COMBINED_PEM] },
      ['ca.crt', 'key.der', 'tls-combined.pem', 'tls.crt', 'tls.key']],
  ])('%s holds %j', (_, props, keys) => {
    const chart = chartIn();
    expect(new Certificate(chart, 'cert', { issuer: issuerIn(chart), commonName: 'db', ...props }).secretKeys).toEqual(keys);
  });

  test('holds keystores, and truststores where there is a CA to trust', () => {
    const chart = chartIn();
    const password = { secret: Secret.fromSecretName(chart, 'password', 'p'), key: 'password' };
    const acme = Issuer.fromIssuerName(chart, 'acme', 'letsencrypt', { providesCaCertificate: false });
    const keystores = { jks: { password }, pkcs12: { password } };
    expect(new Certificate(chart, 'a', { issuer: issuerIn(chart), keystores }).secretKeys)
      .toEqual(['ca.crt', 'keystore.jks', 'keystore.p12', 'tls.crt', 'tls.key', 'truststore.jks', 'truststore.p12']);
    expect(new Certificate(chart, 'b', { issuer: acme, keystores }).secretKeys).toEqual(['keystore.jks', 'keystore.p12', 'tls.crt', 'tls.key']);
  });

  test('is usable in cdk8s-plus', () => {
    const chart = chartIn();
    const certificate = new Certificate(chart, 'cert', { issuer: issuerIn(chart), commonName: 'db', secretName: 'other' });
    expect(certificate.secret.name).toBe('other');
    expect(certificate.secret).toBe(certificate.secret);
    expect(certificate.secretNamespace).toBe('demo');
  });
});

test('a patch with a field that this package does not know survives where the cert-manager is newer than this package', () => {
  const chart = chartIn();
  Validation.of(chart).configure({ certManagerVersion: CertManagerVersion.of('1.22') });
  const certificate = new Certificate(chart, 'cert', { issuer: issuerIn(chart), commonName: 'db' });
  ApiObject.of(certificate).addJsonPatch(JsonPatch.add('/spec/fieldOfTomorrow', { a: 1 }));
  expect(written(chart, 'Certificate').spec.fieldOfTomorrow).toEqual({ a: 1 });
});

test.each<[string, Partial<CertificateProps>]>([
  ['PGTLS-B02: commonName', { commonName: 'x'.repeat(65) }],
  ['PGTLS-B04: ipAddresses entry \'localhost\' is not an IP address', { ipAddresses: ['localhost'] }],
  ['PGTLS-D02: duration 30m0s is shorter than one hour', { commonName: 'db', duration: Duration.minutes(30) }],
  ['PGTLS-D03: renewBefore 2160h0m0s is not shorter than duration 2160h0m0s', { commonName: 'db', renewBefore: Duration.days(90) }],
  ['PGTLS-C01: privateKey.size 1024 is not a valid size for RSA', { commonName: 'db', privateKey: PrivateKey.rsa(1024) }],
])('is refused: %s', (message, props) => {
  const chart = chartIn();
  new Certificate(chart, 'cert', { issuer: issuerIn(chart), ...props });
  expect(refusal(chart)).toContain(`[chart/cert] ${message}`);
});

test('a missing issuer is refused', () => {
  const chart = chartIn();
  expect(() => new Certificate(chart, 'cert', { commonName: 'db' } as CertificateProps)).toThrow('[chart/cert] issuer is missing; give an IIssuer');
});

test('an Issuer made by this app is referred to by its name', () => {
  const chart = chartIn();
  const issuer = new Issuer(chart, 'self', { metadata: { name: 'renamed' }, source: IssuerSource.selfSigned() });
  new Certificate(chart, 'cert', { issuer, commonName: 'db' });
  expect(written(chart, 'Certificate').spec.issuerRef.name).toBe('renamed');
});
