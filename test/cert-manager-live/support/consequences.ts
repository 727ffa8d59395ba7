import { createPrivateKey, X509Certificate } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createCa, LocalCertManager, type LocalSecret, type Manifest } from '../../local';
import * as fixtures from '../../fixtures';
import { isReady } from './ground';
import { until, type ApiObject } from './api-server';
import { opensslVerify, run, Scene, withFiles, wrongExample, type Pem } from './scene';
import type { TlsServer } from './tls-server';

/** What happens to a manifest that violates a rule whose consequence is not a rejection on apply. */
export interface Consequence {
  readonly code: string;
  /** What is seen. */
  readonly seen: string;
  /** @default - the wrong example of the rule's section */
  readonly manifests?: readonly ApiObject[];
  readonly show: (stage: Stage) => Promise<void>;
}

export interface Stage {
  readonly scene: Scene;
  readonly manifests: readonly ApiObject[];
  readonly server: TlsServer;
}

const KEY = { algorithm: 'ECDSA', size: 256 };
/** A Certificate of the Issuer `ca` that asks for nothing but what is given. */
const certificate = (name: string, spec: object, namespace = 'demo'): ApiObject =>
  fixtures.certificate({ commonName: undefined, dnsNames: undefined, usages: undefined, privateKey: { ...KEY, rotationPolicy: 'Always' }, ...spec }, { name, namespace }) as unknown as ApiObject;
const issuer = (name: string, spec: object, kind = 'Issuer', namespace = 'demo'): ApiObject =>
  (kind === 'Issuer' ? fixtures.issuer : fixtures.clusterIssuer)(spec, { name, namespace }) as unknown as ApiObject;
/** A valid CA behind the Issuer `ca`. */
const CA = [
  fixtures.selfSignedIssuer(), fixtures.root({ commonName: 'Orders Root', renewBefore: '43800h0m0s', usages: undefined, privateKey: { ...KEY, rotationPolicy: 'Never' } }), fixtures.issuer(),
] as unknown as readonly ApiObject[];
const SERVER = certificate('db-server', { commonName: 'db', dnsNames: ['db.demo.svc'], usages: ['digital signature', 'server auth'] });
const CLIENT = certificate('db-client', { commonName: 'app', usages: ['digital signature', 'client auth'] });

const PASSWORD: ApiObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keystore-password', namespace: 'demo' }, stringData: { password: 'secret' } };

/** Nothing is ever requested, and the Certificate stays as it is. */
const neverRequested = async ({ scene, manifests }: Stage): Promise<void> => {
  await scene.apply(manifests);
  const { name } = manifests.find(({ kind }) => kind === 'Certificate')!.metadata;
  await scene.conditionOf('Certificate', name, 'Ready', /^False DoesNotExist/);
  await scene.stays(name);
  expect(await scene.requests()).toEqual([]);
};

/** The condition Ready of the Issuer is False. */
const issuerNotReady = (wanted: RegExp, kind = 'Issuer') => async ({ scene, manifests }: Stage): Promise<void> => {
  await scene.apply(manifests);
  const { name } = manifests.find((manifest) => manifest.kind === kind)!.metadata;
  expect(await scene.conditionOf(kind, name, 'Ready', wanted)).toMatch(/^False/);
};

/** Issued without complaint, and then OpenSSL refuses it. */
const opensslRefuses = (wanted: RegExp, purpose: string, name = 'db-server-cert') => async ({ scene, manifests }: Stage): Promise<void> => {
  await scene.apply(manifests);
  const secret = await scene.issued(name);
  expect(await opensslVerify(secret, secret['ca.crt']!, '-purpose', purpose)).toMatch(wanted);
};

/** Verifies in the first minutes of its life, and no longer at the end: what signed it has ended. */
const endsTooLate = (name: string) => async ({ scene, manifests }: Stage): Promise<void> => {
  const leaf = manifests.find(({ metadata, kind }) => kind === 'Certificate' && metadata.name === name)!;
  await scene.apply(manifests.filter((manifest) => manifest !== leaf));
  for (const { kind, metadata } of manifests) { if (kind === 'Certificate' && metadata.name !== name) { await scene.issued(metadata.name); } }
  // Two that are issued in the same second end in the same second.
  await delay(2100);
  await scene.applyOnly([leaf]);
  const secret = await scene.issued(name);
  const end = Math.floor(Date.parse(new X509Certificate(secret['tls.crt']!).validTo) / 1000);
  expect(await opensslVerify(secret, secret['ca.crt']!)).toMatch(/: OK$/);
  expect(await opensslVerify(secret, secret['ca.crt']!, '-attime', String(end))).toMatch(/error 10 at [12] depth lookup: ?certificate has expired/);
};

async function loginsOf(scene: Scene, server: TlsServer, ask: (server: Pem, client: Pem) => Promise<unknown>, serverName = 'db-server', clientName = 'db-client'): Promise<unknown> {
  const [shown, client] = [await scene.issued(serverName), await scene.issued(clientName)];
  await server.reload(shown, client['ca.crt']);
  return ask(shown, client);
}

/** A certificate made with a stolen key of a CA. */
async function forged(ca: Pem, commonName: string): Promise<Pem> {
  const manager = new LocalCertManager([certificate('forged', { commonName, usages: ['digital signature', 'client auth'] })] as Manifest[]);
  manager.registerCa('Issuer', 'ca', { name: 'stolen', data: ca } as LocalSecret);
  await manager.issueAll();
  return manager.secret('forged').data;
}

export const CONSEQUENCES: readonly Consequence[] = [
  {
    code: 'PGTLS-A02', seen: 'one of the two is issued, the other never has a request',
    manifests: [certificate('first', { commonName: 'a', secretName: 'shared' }), certificate('second', { commonName: 'b', secretName: 'shared' })],
    show: async ({ scene, manifests }) => {
      await scene.apply(manifests);
      const ready = async (): Promise<string[]> => (await Promise.all(['first', 'second'].map(async (name) => (isReady(await scene.get('Certificate', name)) ? [name] : [])))).flat();
      await until('one of two', 30, async () => ((await ready()).length > 0 ? true : undefined));
      await delay(5000);
      expect(await ready()).toHaveLength(1);
      expect(await scene.requests()).toHaveLength(1);
    },
  },
  {
    code: 'PGTLS-A03', seen: 'the key pair of the CA is written over, and the Issuer signs no more',
    manifests: [issuer('ca', { ca: { secretName: 'key-pair' } }), certificate('leaf', { commonName: 'db', secretName: 'key-pair' })],
    show: async ({ scene, manifests }) => {
      const ca = await createCa('handmade');
      await scene.applyOnly([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key-pair', namespace: 'demo' }, stringData: ca.data }]);
      await scene.apply(manifests);
      await until('the CA being written over', 30, async () => (new X509Certificate((await scene.secret('key-pair'))['tls.crt']!).ca ? undefined : true));
      await scene.applyOnly([certificate('another', { commonName: 'another' })]);
      await scene.stays('another');
      expect(await scene.conditionOf('Issuer', 'ca', 'Ready', /^False/)).toMatch(/certificate is not a CA/);
    },
  },
  {
    code: 'PGTLS-A04', seen: 'cert-manager writes over the declared content, and issues again whenever that is applied again',
    show: async ({ scene, manifests }) => {
      await scene.apply(manifests);
      const issued = async (): Promise<string> => until('an issued certificate', 30, async () => /BEGIN CERTIFICATE/.exec((await scene.secret('db-server-cert'))['tls.crt'] ?? '')?.[0]);
      expect(await issued()).toBe('BEGIN CERTIFICATE');
    },
  },
  { code: 'PGTLS-A06', seen: 'the request waits for an Issuer that is not there',
    show: async ({ scene, manifests }) => {
      await scene.applyOnly(manifests);
      await scene.waits(/Pending: Referenced "Issuer" not found/);
    },
  },
  {
    code: 'PGTLS-A11', seen: 'a temporary certificate without ca.crt, which no client trusts, is served until the real one is issued',
    show: async ({ scene, manifests }) => {
      await scene.apply([...manifests, issuer('ca', { ca: { secretName: 'not-yet' } })]);
      const secret = await until('a temporary certificate', 30, async () => (await scene.get('Secret', 'db-server-cert')) ?? undefined);
      expect(Object.keys(secret.data).sort()).toEqual(['tls.crt', 'tls.key']);
    },
  },
  { code: 'PGTLS-A12', seen: 'the ClusterIssuer does not find its Secret', show: issuerNotReady(/secrets "vault-token" not found/, 'ClusterIssuer') },
  {
    code: 'PGTLS-A17', seen: 'the request waits for an issuer that is not there',
    show: async ({ scene, manifests }) => {
      await scene.applyOnly(manifests);
      await scene.waits(/Pending: Referenced "Issuer" not found/);
    },
  },
  { code: 'PGTLS-B06', seen: 'nothing is requested', manifests: [certificate('db', { uris: ['spiffe://exämple/db'] })], show: neverRequested },
  {
    code: 'PGTLS-B07', seen: 'no client matches it', manifests: [certificate('db-server', { commonName: 'db', dnsNames: ['db.*.svc'], usages: ['digital signature', 'server auth'] })],
    show: async ({ scene, server }) => {
      await scene.apply([...CA, certificate('db-server', { commonName: 'db', dnsNames: ['db.*.svc'], usages: ['digital signature', 'server auth'] }), CLIENT]);
      expect(await loginsOf(scene, server, (shown, client) => server.login('db.demo.svc', 'app', client, shown['ca.crt']))).toEqual({ refusal: expect.stringContaining('does not match host name') });
    },
  },
  {
    code: 'PGTLS-B08', seen: 'requests are made and thrown away', manifests: [certificate('db', { uris: ['HTTPS://db.demo.svc'] })],
    show: async ({ scene, manifests }) => {
      await scene.apply(manifests);
      const seen = new Set<string>();
      await until('a second request after the first was thrown away', 60, async () => {
        for (const { metadata } of await scene.requests()) { seen.add(metadata.uid); }
        return seen.size > 1 ? true : undefined;
      }, async () => [...seen]);
      expect(isReady(await scene.get('Certificate', 'db'))).toBe(false);
    },
  },
  {
    code: 'PGTLS-B10', seen: 'verify-full fails',
    show: async ({ scene, server }) => {
      await scene.apply([...CA, SERVER, CLIENT]);
      expect(await loginsOf(scene, server, (shown, client) => server.login('localhost', 'app', client, shown['ca.crt']))).toEqual({ refusal: expect.stringMatching(/certificate for "db.demo.svc" does not match host name "localhost"/) });
    },
  },
  {
    code: 'PGTLS-B11', seen: 'PostgreSQL does not let another role in',
    show: async ({ scene, server }) => {
      await scene.apply([...CA, SERVER, CLIENT]);
      expect(await loginsOf(scene, server, (shown, client) => server.login('db.demo.svc', 'postgres', client, shown['ca.crt']))).toEqual({ refusal: expect.stringContaining('certificate authentication failed for user "postgres"') });
    },
  },
  { code: 'PGTLS-B13', seen: 'OpenSSL takes it for its own CA', show: opensslRefuses(/error 18 at 0 depth lookup: ?self[- ]signed certificate/, 'sslserver') },
  { code: 'PGTLS-B21', seen: 'nothing is requested', show: neverRequested },
  {
    code: 'PGTLS-C03', seen: 'what reads PKCS#8 does not read it',
    show: async ({ scene, manifests }) => {
      await scene.apply(manifests);
      const key = Buffer.from((await scene.issued('db-server-cert'))['key.der']!, 'latin1');
      expect(() => createPrivateKey({ key, format: 'der', type: 'pkcs8' })).toThrow();
      expect(createPrivateKey({ key, format: 'der', type: 'sec1' }).asymmetricKeyType).toBe('ec');
    },
  },
  {
    code: 'PGTLS-C07', seen: 'libpq cannot bind the password to the channel',
    show: async ({ scene, server }) => {
      const [self, root, ca] = CA as [ApiObject, ApiObject, ApiObject];
      await scene.apply([self, { ...root, spec: { ...root.spec, privateKey: { algorithm: 'Ed25519', rotationPolicy: 'Never' } } }, ca, SERVER]);
      const shown = await scene.issued('db-server');
      await server.reload(shown);
      expect(await server.login('db.demo.svc', 'by_password', { 'ca.crt': shown['ca.crt']! })).toEqual({ refusal: expect.stringContaining('could not find digest for NID') });
    },
  },
  {
    code: 'PGTLS-C09', seen: 'the size has no effect',
    show: async ({ scene, manifests }) => {
      await scene.apply(manifests);
      expect(new X509Certificate((await scene.issued('db-server-cert'))['tls.crt']!).publicKey.asymmetricKeyType).toBe('ed25519');
    },
  },
  {
    code: 'PGTLS-C12', seen: 'OpenSSL 3 does not open it',
    show: async ({ scene, manifests }) => {
      await scene.apply([...manifests, PASSWORD]);
      const store = Buffer.from((await scene.issued('db-server-cert'))['keystore.p12']!, 'latin1');
      expect(await withFiles({ p12: store }, (file) => run('openssl', ['pkcs12', '-in', file('p12'), '-nodes', '-passin', 'pass:secret']))).toMatch(/RC2-40-CBC|unsupported/);
    },
  },
  {
    code: 'PGTLS-C13', seen: 'it is not written',
    show: async ({ scene, manifests }) => {
      await scene.apply([...manifests, PASSWORD]);
      await scene.stays('db-server-cert');
      expect(await scene.get('Secret', 'db-server-cert')).toBeUndefined();
    },
  },
  { code: 'PGTLS-D07', seen: 'at its end its CA is gone', show: endsTooLate('db-server-cert') },
  { code: 'PGTLS-D08', seen: 'it rests on an intermediate that ends before it', show: endsTooLate('db-server-cert') },
  { code: 'PGTLS-D11', seen: 'its ca.crt ends before it', show: endsTooLate('db-server-cert') },
  { code: 'PGTLS-D15', seen: 'its ca.crt ends before it', show: endsTooLate('db-server-cert') },
  {
    code: 'PGTLS-D12', seen: 'there is no time of renewal',
    show: async ({ scene, manifests }) => {
      await scene.apply(manifests);
      await scene.issued('db-server-cert');
      const { status } = await scene.get('Certificate', 'db-server-cert');
      expect([status.notAfter, status.renewalTime]).toEqual([expect.any(String), undefined]);
    },
  },
  {
    code: 'PGTLS-D13', seen: 'it is issued and never ready: WindowError', manifests: [certificate('db', { commonName: 'db', renewal: { policy: 'RenewBefore', windows: [{ cron: '0 0 30 2 *', windowDuration: '1h' }] } })],
    show: async ({ scene, manifests }) => {
      await scene.apply(manifests);
      expect(await scene.conditionOf('Certificate', 'db', 'Ready', /WindowError/)).toMatch(/^False WindowError: Could not calculate renewal time: cannot find a time with the given windows/);
      expect(Object.keys(await scene.secret('db')).sort()).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
    },
  },
  { code: 'PGTLS-E01', seen: 'the Issuer is not ready', show: issuerNotReady(/certificate is not a CA/) },
  { code: 'PGTLS-E02', seen: 'the ClusterIssuer does not find its Secret', manifests: [...wrongExample('PGTLS-E02'), issuer('self', { selfSigned: {} }, 'ClusterIssuer')], show: issuerNotReady(/not found/, 'ClusterIssuer') },
  {
    code: 'PGTLS-E03', seen: 'the CA waits for its Issuer, and that for the CA',
    show: async ({ scene, manifests }) => {
      await scene.applyOnly(manifests);
      expect(await scene.conditionOf('Issuer', 'ca', 'Ready', /^False/)).toMatch(/not found/);
      await scene.stays('root');
      await scene.waits(/Pending: Referenced issuer does not have a Ready status condition/);
    },
  },
  {
    code: 'PGTLS-E04', seen: 'it is issued against RFC 5280, with a warning, and a strict peer refuses what it signs',
    manifests: [...CA.map((manifest) => (manifest.metadata.name === 'root' ? { ...manifest, spec: { ...manifest.spec, commonName: undefined, dnsNames: ['root.demo.svc'] } } : manifest)), SERVER],
    show: async ({ scene, manifests }) => {
      await scene.apply(manifests);
      const secret = await scene.issued('db-server');
      expect(await opensslVerify(secret, secret['ca.crt']!, '-x509_strict')).toMatch(/error 8[34] at [01] depth lookup/);
      await until('a warning', 30, async () => (await scene.events()).find((event) => event.includes('BadConfig')), () => scene.events());
    },
  },
  {
    code: 'PGTLS-E05', seen: 'after one renewal of the CA nothing that it signed verifies',
    manifests: [...wrongExample('PGTLS-E05'), certificate('leaf', { commonName: 'db', dnsNames: ['db.demo.svc'] })],
    show: async ({ scene, manifests }) => {
      await scene.apply(manifests);
      const before = await scene.issued('leaf');
      expect(await opensslVerify(before, (await scene.secret('root'))['tls.crt']!)).toMatch(/: OK$/);
      await scene.renew('root');
      expect(await opensslVerify(before, (await scene.secret('root'))['tls.crt']!)).toMatch(/error (20|7) at 0 depth lookup/);
      expect((await scene.secret('leaf'))['tls.crt']).toBe(before['tls.crt']);
    },
  },
  {
    code: 'PGTLS-S20', seen: 'what it has signed is not issued again and no longer verifies',
    show: async ({ scene }) => {
      await scene.apply([...CA, SERVER]);
      const [before, leaf] = [await scene.issued('root'), await scene.issued('db-server')];
      expect(await opensslVerify(leaf, before['tls.crt']!)).toMatch(/: OK$/);
      await scene.change('root', { commonName: 'Another Root' });
      const after = await until('another certificate of the root', 30, async () => {
        const secret = await scene.secret('root');
        return secret['tls.crt'] === before['tls.crt'] ? undefined : secret;
      });
      await scene.issued('root');
      expect(after['tls.key']).toBe(before['tls.key']);
      expect(await opensslVerify(leaf, after['tls.crt']!)).toMatch(/error 20 at 0 depth lookup/);
      expect((await scene.secret('db-server'))['tls.crt']).toBe(leaf['tls.crt']);
    },
  },
  {
    code: 'PGTLS-S21', seen: 'a key with rotationPolicy Never is not replaced, and the root is not issued again',
    show: async ({ scene }) => {
      await scene.apply(CA);
      const before = await scene.issued('root');
      await scene.change('root', { privateKey: { algorithm: 'ECDSA', size: 384, rotationPolicy: 'Never' } });
      const output = await until('a refusal to make a key', 30, async () => (await scene.events()).find((event) => event.includes('CannotRegenerateKey')), () => scene.events());
      expect(output).toMatch(/User intervention required/);
      expect(await scene.secret('root')).toEqual(before);
    },
  },
  {
    code: 'PGTLS-S22', seen: 'the issuer signs with the certificate that is left, and that is renewed no more',
    show: async ({ scene }) => {
      await scene.apply([...CA, SERVER]);
      const before = await scene.issued('root');
      await scene.change('root', { secretName: 'root-2' });
      await until('the other Secret', 30, async () => (await scene.get('Secret', 'root-2'))?.data?.['tls.crt'], () => scene.events());
      await scene.renew('root');
      await scene.renew('db-server');
      expect(await scene.secret('root')).toEqual(before);
      expect(await opensslVerify(await scene.issued('db-server'), (await scene.secret('root-2'))['tls.crt']!)).toMatch(/error 20 at 0 depth lookup/);
    },
  },
  { code: 'PGTLS-E06', seen: 'OpenSSL refuses the chain for the other purpose', show: opensslRefuses(/error 26 at 1 depth lookup: ?(unsupported|unsuitable) certificate purpose/, 'sslclient') },
  {
    code: 'PGTLS-E18', seen: 'OpenSSL refuses later leaves of another purpose',
    manifests: [...CA.map((manifest) => (manifest.metadata.name === 'root' ? { ...manifest, spec: { ...manifest.spec, usages: ['cert sign', 'server auth'] } } : manifest)), SERVER],
    show: async ({ scene, manifests }) => {
      await scene.apply([...manifests, CLIENT]);
      const [shown, client] = [await scene.issued('db-server'), await scene.issued('db-client')];
      expect(await opensslVerify(shown, shown['ca.crt']!, '-purpose', 'sslserver')).toMatch(/: OK$/);
      expect(await opensslVerify(client, client['ca.crt']!, '-purpose', 'sslclient')).toMatch(/error 26 at 1 depth lookup/);
    },
  },
  { code: 'PGTLS-E08', seen: 'OpenSSL refuses the chain', show: opensslRefuses(/error 47 at 0 depth lookup: ?permitted subtree violation/, 'sslserver') },
  {
    code: 'PGTLS-E09', seen: 'OpenSSL and PostgreSQL refuse the client',
    show: async ({ scene, manifests, server }) => {
      const [wrong] = manifests as [ApiObject];
      await scene.apply([...CA, SERVER, { ...wrong, spec: { ...wrong.spec, commonName: 'app' } }]);
      const client = await scene.issued('db-server-cert');
      expect(await opensslVerify(client, client['ca.crt']!, '-purpose', 'sslclient')).toMatch(/error 26 at 0 depth lookup/);
      expect(await loginsOf(scene, server, (shown) => server.login('db.demo.svc', 'app', client, shown['ca.crt']), 'db-server', 'db-server-cert')).toEqual({ refusal: expect.stringContaining('unsupported certificate') });
    },
  },
  { code: 'PGTLS-E17', seen: 'OpenSSL refuses the server', show: opensslRefuses(/error 26 at 0 depth lookup/, 'sslserver') },
  { code: 'PGTLS-E19', seen: 'nothing is requested', show: neverRequested },
  {
    code: 'PGTLS-E10', seen: 'each is trusted by itself alone', manifests: [issuer('ca', { selfSigned: {} }), certificate('one', { commonName: 'one' }), certificate('two', { commonName: 'two' })],
    show: async ({ scene, manifests }) => {
      await scene.apply(manifests);
      const [one, two] = [await scene.issued('one'), await scene.issued('two')];
      expect(await opensslVerify(one, two['ca.crt']!)).toMatch(/error 18 at 0 depth lookup/);
    },
  },
  {
    code: 'PGTLS-E15', seen: 'the server trusts no certificate but its own',
    show: async ({ scene, manifests, server }) => {
      await scene.apply([...manifests, CLIENT]);
      const [shown, client] = [await scene.issued('db-server-cert'), await scene.issued('db-client')];
      await server.reload(shown);
      expect(await server.login('db.demo.svc', 'app', client, shown['ca.crt'])).toEqual({ refusal: expect.stringMatching(/unknown ca|certificate verify failed/) });
    },
  },
  {
    code: 'PGTLS-E12', seen: 'with the key of the pod one can sign a certificate for every name',
    show: async ({ scene, manifests, server }) => {
      await scene.apply([...CA, ...manifests, SERVER, CLIENT]);
      const leaked = await scene.issued('db-server-cert');
      expect(await loginsOf(scene, server, async (shown) => server.login('db.demo.svc', 'postgres', await forged(leaked, 'postgres'), shown['ca.crt']))).toEqual({ user: 'postgres' });
    },
  },
  {
    code: 'PGTLS-I08', seen: 'it is in the certificate, and no URL',
    show: async ({ scene, manifests }) => {
      const [wrong] = manifests as [ApiObject];
      await scene.apply([...CA.slice(0, 2), { ...wrong, spec: { ca: { ...wrong.spec.ca, secretName: 'root' } } }, SERVER]);
      const output = await withFiles({ pem: (await scene.issued('db-server'))['tls.crt']! }, (file) => run('openssl', ['x509', '-in', file('pem'), '-noout', '-ext', 'crlDistributionPoints']));
      expect(output).toMatch(/URI:pki\.example\.com\/ca\.crl/);
    },
  },
  { code: 'PGTLS-I03', seen: 'the Issuer is not ready', show: issuerNotReady(/requires secretRef.key/) },
  {
    code: 'PGTLS-I09', seen: 'the Issuer is not ready',
    show: async ({ scene, manifests }) => {
      await scene.applyOnly([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'vault-token', namespace: 'demo' }, stringData: { token: 'x' } }]);
      await scene.apply(manifests);
      expect(await scene.conditionOf('Issuer', 'ca', 'Ready', /^False/)).toMatch(/first path segment in URL cannot contain colon|unsupported protocol scheme/);
    },
  },
  {
    code: 'PGTLS-N02', seen: 'there is one object of a name', manifests: [certificate('db', { commonName: 'one' }), certificate('db', { commonName: 'two' })],
    show: async ({ scene, manifests }) => {
      await scene.applyOnly(manifests.slice(0, 1));
      await expect(scene.applyOnly(manifests.slice(1))).rejects.toThrow('already exists');
    },
  },
];
