import { certificate, issuer, issuerRef } from '../../fixtures';
import { codesIn, findingsIn } from '../../support/findings';

const LETS_ENCRYPT = 'https://acme-v02.api.letsencrypt.org/directory';
const PRIVATE = 'https://acme.example.com/directory';
const HTTP = { http01: { ingress: {} } };
const DNS = { dns01: { route53: {} } };

function manifests(spec: object, { server = PRIVATE, solvers = [HTTP, DNS] as object[], labels = {} } = {}) {
  return [
    issuer({ acme: { server, privateKeySecretRef: { name: 'account' }, solvers } }, { name: 'acme' }),
    certificate({ issuerRef: issuerRef('acme'), commonName: undefined, dnsNames: undefined, ...spec }, { labels }),
  ];
}

const codes = (...given: Parameters<typeof manifests>) => codesIn(manifests(...given)).filter((code) => /B09|B1[5-9]/.test(code));

describe('names that a public CA certifies', () => {
  test.each([
    'db', 'localhost', 'db.demo.svc', 'db.demo.svc.cluster.local', '*.db.demo.svc', 'DB.Demo.SVC', 'db.corp', 'db.internal', 'printer.local', 'db.test', 'host.home.arpa',
  ])('%s: none', (name) => {
    expect(codes({ dnsNames: [name] }, { server: LETS_ENCRYPT })).toEqual(['PGTLS-B09']);
    expect(codes({ dnsNames: [name] })).toEqual([]);
  });

  test.each(['db.example.com', '*.example.com', 'svc.example.com', 'localhost.example.com', 'db.example.co.uk', 'example.com.'])('%s: any', (name) => {
    expect(codes({ dnsNames: [name] }, { server: LETS_ENCRYPT })).toEqual([]);
  });

  test.each(['10.1.2.3', '172.31.0.1', '192.168.1.1', '127.0.0.1', '100.64.0.1', '169.254.0.1', '::1', 'fd00::1', 'fe80::1'])('address %s: none', (address) => {
    expect(codes({ ipAddresses: [address] }, { server: LETS_ENCRYPT })).toEqual(['PGTLS-B09']);
    expect(codes({ ipAddresses: [address] })).toEqual([]);
  });

  test.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111'])('address %s: any', (address) => {
    expect(codes({ ipAddresses: [address] }, { server: LETS_ENCRYPT })).toEqual([]);
  });

  test.each([
    LETS_ENCRYPT, 'https://acme-staging-v02.api.letsencrypt.org/directory', 'https://acme.zerossl.com/v2/DV90', 'https://dv.acme-v02.api.pki.goog/directory',
    'https://api.buypass.com/acme/directory', 'https://acme.ssl.com/sslcom-dv-ecc',
  ])('%s is public', (server) => { expect(codes({ dnsNames: ['db.demo.svc'] }, { server })).toEqual(['PGTLS-B09']); });

  test.each([PRIVATE, 'https://step-ca.demo.svc/acme/acme/directory', 'https://letsencrypt.org.example.com/directory', 'https://acme.digicert.com/v2/acme/directory', 'nonsense'])(
    '%s may sign every name', (server) => { expect(codes({ dnsNames: ['db.demo.svc'] }, { server })).toEqual([]); });
});

describe('names that a solver proves', () => {
  const select = (selector: object, solver: object = DNS) => ({ ...solver, selector });

  test.each<[string, object, object[], object?]>([
    ['a wildcard by HTTP', { dnsNames: ['*.example.com'] }, [HTTP]],
    ['a wildcard outside the zone of the DNS solver', { dnsNames: ['*.example.org'] }, [HTTP, select({ dnsZones: ['example.com'] })]],
    ['an address by DNS', { ipAddresses: ['8.8.8.8'] }, [DNS]],
    ['a name of another zone', { dnsNames: ['db.example.org'] }, [select({ dnsZones: ['example.com'] })]],
    ['a name that ends like the zone', { dnsNames: ['myexample.com'] }, [select({ dnsZones: ['example.com'] })]],
    ['a name where the zone is written as a wildcard', { dnsNames: ['db.example.com'] }, [select({ dnsZones: ['*.example.com'] })]],
    ['a name that is not listed', { dnsNames: ['db.example.com'] }, [select({ dnsNames: ['example.com'] })]],
    ['a Certificate without the label', { dnsNames: ['db.example.com'] }, [select({ matchLabels: { team: 'db' } })]],
    ['a Certificate with another value', { dnsNames: ['db.example.com'] }, [select({ matchLabels: { team: 'db' } })], { team: 'web' }],
  ])('%s: not', (_, spec, solvers, labels = {}) => { expect(codes(spec, { solvers, labels })).toEqual(['PGTLS-B15']); });

  test.each<[string, object, object[], object?]>([
    ['a wildcard by DNS', { dnsNames: ['*.example.com'] }, [HTTP, DNS]],
    ['a wildcard in the zone', { dnsNames: ['*.db.example.com'] }, [select({ dnsZones: ['example.com'] })]],
    ['an address by HTTP', { ipAddresses: ['8.8.8.8'] }, [DNS, HTTP]],
    ['the zone itself', { dnsNames: ['Example.com'] }, [select({ dnsZones: ['example.com.'] })]],
    ['a listed name', { dnsNames: ['db.example.com'] }, [select({ dnsNames: ['db.example.com'] }, HTTP)]],
    ['a Certificate with the label', { dnsNames: ['db.example.com'] }, [select({ matchLabels: { team: 'db' } })], { team: 'db' }],
    ['every name where the account is authorized beforehand', { dnsNames: ['*.example.com'] }, []],
  ])('%s: a solver can prove the names', (_, spec, solvers, labels = {}) => { expect(codes(spec, { solvers, labels })).toEqual([]); });

  test('names that no public CA certifies are reported once', () => {
    expect(codes({ dnsNames: ['*.db.demo.svc'] }, { server: LETS_ENCRYPT, solvers: [HTTP] })).toEqual(['PGTLS-B09']);
  });

  test('the message names the issuer and the cause', () => {
    const [finding] = findingsIn(manifests({ dnsNames: ['*.example.com'] }, { solvers: [HTTP] }));
    expect(finding?.message).toContain("'*.example.com' matches none of the 1 solver(s) of Issuer 'acme' (a wildcard requires dns01); give the issuer a solver");
  });
});

test.each<[string, object, object]>([
  ['PGTLS-B16', { commonName: 'db', dnsNames: ['db.example.com'] }, { commonName: 'db.example.com', dnsNames: ['a.example.com', 'db.example.com'] }],
  ['PGTLS-B16', { commonName: 'db.example.com' }, { dnsNames: ['db.example.com'] }],
  ['PGTLS-B16', { commonName: 'DB.example.com', dnsNames: ['db.example.com'] }, { commonName: 'fd00::1', ipAddresses: ['fd00:0::1'] }],
  ['PGTLS-B16', { literalSubject: 'CN=db', dnsNames: ['db.example.com'] }, { literalSubject: 'CN=db.example.com', dnsNames: ['db.example.com'] }],
  ['PGTLS-B17', { isCA: true, commonName: 'db.example.com', dnsNames: ['db.example.com'] }, { isCA: false, commonName: 'db.example.com', dnsNames: ['db.example.com'] }],
  ['PGTLS-B19', { dnsNames: ['db.example.com'], emailAddresses: ['a@example.com'] }, { dnsNames: ['db.example.com'], emailAddresses: [] }],
  ['PGTLS-B19', { dnsNames: ['db.example.com'], otherNames: [{ oid: '1.2.3', utf8Value: 'a' }] }, { dnsNames: ['db.example.com'] }],
])('%s is broken by %j and met by %j', (code, broken, met) => {
  expect(codes(broken)).toEqual([code]);
  expect(codes(met)).toEqual([]);
});

test("a client certificate: Let's Encrypt has none, others may", () => {
  const spec = { dnsNames: ['db.example.com'], usages: ['digital signature', 'client auth'] };
  expect(codes(spec, { server: LETS_ENCRYPT })).toEqual(['PGTLS-B18']);
  expect(codes(spec)).toEqual([]);
});

test('an issuer that is not in the app, or is of another type, is asked nothing', () => {
  const [, certificate] = manifests({ commonName: 'db', isCA: true, uris: ['spiffe://a/b'] });
  const ca = { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'acme', namespace: 'demo' }, spec: { ca: { secretName: 'ca' } } };
  const relevant = (found: string[]) => found.filter((code) => /B09|B1[5-9]/.test(code));
  expect(relevant(codesIn([certificate!]))).toEqual([]);
  expect(relevant(codesIn([certificate!, ca]))).toEqual([]);
});

test('invalid addresses are left to their own rule', () => {
  expect(() => codes({ commonName: 'x', ipAddresses: ['fe80::1%eth0', 'nonsense', ''] }, { server: LETS_ENCRYPT })).not.toThrow();
});

describe('one finding for all names', () => {
  const messages = (spec: object) => findingsIn(manifests(spec, { server: LETS_ENCRYPT })).filter(({ rule: { code } }) => /B09|B17/.test(code)).map(({ rule: { code }, message }) => `${code}: ${message.split(';')[0]}`);

  test.each<[string, object, string]>([
    ['one', { dnsNames: ['db.example.com', 'db.demo.svc'] }, "PGTLS-B09: 'db.demo.svc' ends with '.svc', which is not a public domain, but is requested from Let's Encrypt"],
    ['two', { dnsNames: ['db', 'db.lan'] }, "PGTLS-B09: 2 names are not public ('db' has no domain, also 'db.lan'), but are requested from Let's Encrypt"],
    [
      'many, addresses among them', { dnsNames: ['a', 'b', 'c', 'd'], ipAddresses: ['10.0.0.1'] },
      "PGTLS-B09: 5 names are not public ('a' has no domain, also 'b', 'c', 'd', …), but are requested from Let's Encrypt",
    ],
    ['a CA with private names', { isCA: true, commonName: 'db.lan', dnsNames: ['db.lan', 'localhost'] }, `PGTLS-B17: isCA is true, but the certificate is requested from the ACME server '${LETS_ENCRYPT}'`],
  ])('%s', (_, spec, message) => { expect(messages(spec)).toEqual([message]); });
});

test('a name that is a Service of the app and its namespace is not a public name, also under a public top-level domain', () => {
  const service = (namespace: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'db', namespace }, spec: { selector: { app: 'db' }, ports: [{ port: 5432 }] } });
  const asked = manifests({ dnsNames: ['db.shop'] }, { server: LETS_ENCRYPT });
  const found = (...others: object[]) => codesIn([...asked, ...others]).filter((code) => code === 'PGTLS-B09');
  expect(found(service('shop'))).toEqual(['PGTLS-B09']);
  expect(found(service('demo'))).toEqual([]);
});

describe('an issuer that is known by its name alone', () => {
  const asked = (spec: object, issuerRef: object = { name: 'letsencrypt-dns', kind: 'ClusterIssuer' }) =>
    findingsIn([{ ...manifests(spec)[1]!, spec: { ...(manifests(spec)[1] as { spec: object }).spec, issuerRef } }]).filter(({ rule: { code } }) => code === 'PGTLS-E41').map(({ message }) => message.split(';')[0]);

  test.each<[string, object, string]>([
    ['a name inside the cluster', { dnsNames: ['db.demo.svc'] }, "'db.demo.svc' ends with '.svc', which is not a public domain, but is requested from ClusterIssuer 'letsencrypt-dns' (Let's Encrypt, by its name)"],
    ['an address', { ipAddresses: ['192.168.3.4'] }, "'192.168.3.4' is not a public IP address, but is requested from ClusterIssuer 'letsencrypt-dns' (Let's Encrypt, by its name)"],
    ['a common name', { commonName: 'db' }, "'db' has no domain, but is requested from ClusterIssuer 'letsencrypt-dns' (Let's Encrypt, by its name)"],
    ['a CA', { isCA: true, commonName: 'Orders CA' }, "isCA is true, but the certificate is requested from ClusterIssuer 'letsencrypt-dns' (Let's Encrypt, by its name)"],
  ])('%s', (_, spec, message) => { expect(asked(spec)).toEqual([message]); });

  test('is a warning, which can be acknowledged', () => {
    const { severity, acknowledged } = findingsIn([certificate({ dnsNames: ['db.demo.svc'], issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' } })], {
      acknowledgements: [{ code: 'PGTLS-E41', reason: 'named so by the platform team' }],
    }).find(({ rule: { code } }) => code === 'PGTLS-E41')!;
    expect([severity, acknowledged]).toEqual(['warning', 'named so by the platform team']);
  });

  test.each<[string, object, object]>([
    ['public names', { dnsNames: ['db.example.com', '*.example.com'], ipAddresses: ['8.8.8.8'], commonName: 'db.example.com' }, { name: 'letsencrypt-dns', kind: 'ClusterIssuer' }],
    ['an issuer with a name unknown here', { dnsNames: ['db.demo.svc'] }, { name: 'acme-corp', kind: 'ClusterIssuer' }],
    ['an issuer of another group', { dnsNames: ['db.demo.svc'] }, { name: 'letsencrypt', kind: 'StepIssuer', group: 'certmanager.step.sm' }],
  ])('%s: nothing', (_, spec, issuerRef) => { expect(asked(spec, issuerRef)).toEqual([]); });

  test('that the manifests contain is known by its server', () => {
    const [issuer, certificate] = manifests({ dnsNames: ['db.demo.svc'] });
    const called = (name: string, server: string) => codesIn([
      { ...issuer, metadata: { name, namespace: 'demo' }, spec: { acme: { ...(issuer as { spec: { acme: object } }).spec.acme, server } } },
      { ...certificate, spec: { ...(certificate as { spec: object }).spec, issuerRef: { name, kind: 'Issuer', group: 'cert-manager.io' } } },
    ]).filter((code) => /B09|E41/.test(code));
    expect(called('letsencrypt', PRIVATE)).toEqual([]);
    expect(called('platform', LETS_ENCRYPT)).toEqual(['PGTLS-B09']);
  });
});
