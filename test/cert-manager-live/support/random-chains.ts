import * as fc from 'fast-check';
import type { ApiObject } from './api-server';
import { VALID_CERTIFICATE } from './random-certificates';
import { HOST, IPV4, LABEL } from './random-text';

/** A CA, perhaps one below it, a server and a client. */
export interface Chain {
  readonly manifests: readonly ApiObject[];
  /** The Issuer that signs leaves. */
  readonly issuer: string;
  readonly server: string;
  readonly client: string;
  /** A name that the server's certificate covers. */
  readonly host: string;
  readonly role: string;
}

const LEAF_KEY = fc.constantFrom<object>(
  {}, { algorithm: 'RSA', size: 2048, encoding: 'PKCS8' }, { algorithm: 'RSA', size: 3072 }, { algorithm: 'ECDSA' }, { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8' }, { algorithm: 'ECDSA', size: 384 },
  { algorithm: 'ECDSA', size: 521, encoding: 'PKCS8' }, { algorithm: 'Ed25519' },
);
const CA_KEY = fc.constantFrom<object>({ algorithm: 'RSA', size: 2048 }, { algorithm: 'RSA', size: 3072 }, { algorithm: 'ECDSA', size: 256 }, { algorithm: 'ECDSA', size: 384, encoding: 'PKCS8' }, { algorithm: 'ECDSA', size: 521 });
const SERVER_USAGES = fc.constantFrom<object>({}, { usages: ['server auth'] }, { usages: ['digital signature', 'key encipherment', 'server auth'] }, { usages: ['digital signature', 'server auth', 'client auth'] });
const CLIENT_USAGES = fc.constantFrom<object>({}, { usages: ['client auth'] }, { usages: ['digital signature', 'client auth'] }, { usages: ['digital signature', 'key encipherment', 'client auth', 'server auth'] });
const CA_USAGES = fc.constantFrom<object>({}, { usages: ['cert sign', 'crl sign', 'digital signature'] }, { usages: ['cert sign'] });
const CONSTRAINTS = fc.constantFrom<object>(
  {}, {}, {}, { nameConstraints: { critical: true, permitted: { dnsDomains: ['svc', 'localhost'] } } }, { nameConstraints: { excluded: { dnsDomains: ['example.org'], ipRanges: ['192.168.0.0/16'] } } },
  { nameConstraints: { critical: true, permitted: { dnsDomains: ['svc'], ipRanges: ['0.0.0.0/0', '::/0'] } } },
);
const SUBJECT = fc.constantFrom<object>({}, { subject: { organizations: ['Orders & Söhne'], countries: ['DE'] } }, { subject: { organizationalUnits: ['b', 'a'], serialNumber: '7' } });
const ISSUER_EXTRAS = fc.constantFrom<object>({}, {}, { crlDistributionPoints: ['http://crl.example.com/a', 'http://crl.example.com/b'] }, { ocspServers: ['http://ocsp.example.com'], issuingCertificateURLs: ['http://ca.example.com/ca.crt'] });

const CLIENT_NAMES = fc.constantFrom<object>({}, { emailAddresses: ['dba@example.com'] }, { dnsNames: ['client.demo.svc'] }, { uris: ['spiffe://cluster.local/ns/demo/sa/app'] });

interface Shape {
  readonly name: string;
  readonly host: string;
  readonly ip: string | undefined;
  readonly role: string;
  readonly deep: boolean;
  readonly root: object;
  readonly intermediate: object;
  readonly extras: readonly [object, object];
  readonly server: object;
  readonly client: object;
  readonly hours: number;
}

const merged = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> => fc.tuple(...parts).map((all) => Object.assign({}, ...all));
const key = (keys: fc.Arbitrary<object>, rotationPolicy: fc.Arbitrary<string>): fc.Arbitrary<object> =>
  fc.tuple(keys, rotationPolicy).map(([privateKey, policy]) => ({ privateKey: { ...privateKey, rotationPolicy: policy } }));

const SHAPE: fc.Arbitrary<Shape> = fc.record({
  name: LABEL,
  host: HOST.map((host) => `${host}.demo.svc`),
  ip: fc.option(IPV4, { nil: undefined }),
  role: fc.oneof(LABEL, fc.constantFrom('app user', 'Orders', 'müller', 'x'.repeat(63))),
  deep: fc.boolean(),
  root: merged(key(CA_KEY, fc.constant('Never')), CA_USAGES, CONSTRAINTS, SUBJECT),
  intermediate: merged(key(CA_KEY, fc.constant('Never')), CA_USAGES, SUBJECT),
  extras: fc.tuple(ISSUER_EXTRAS, ISSUER_EXTRAS),
  server: merged(key(LEAF_KEY, fc.constantFrom('Always', 'Never')), SERVER_USAGES, SUBJECT),
  client: merged(key(LEAF_KEY, fc.constantFrom('Always', 'Never')), CLIENT_USAGES, CLIENT_NAMES),
  hours: fc.integer({ min: 1, max: 8760 }),
});

/** Chains of which every name starts with a prefix. */
export function chains(count: number, seed: number, namespace: string): Chain[] {
  return fc.sample(SHAPE, { seed, numRuns: count }).map((shape, index) => chain(shape, `c${index}`, namespace));
}

function chain({ name, host, ip, role, deep, root, intermediate, extras, server, client, hours }: Shape, prefix: string, namespace: string): Chain {
  const object = (kind: string, id: string, spec: object): ApiObject => ({ apiVersion: 'cert-manager.io/v1', kind, metadata: { name: `${prefix}-${id}`, namespace }, spec });
  const certificate = (id: string, issuer: string, spec: object): ApiObject =>
    object('Certificate', id, { secretName: `${prefix}-${id}`, issuerRef: { name: `${prefix}-${issuer}`, kind: 'Issuer', group: 'cert-manager.io' }, ...spec });
  const wildcard = host.split('.').length > 3 ? `*.${host.split('.').slice(1).join('.')}` : host;
  const signer = deep ? 'intermediate-ca' : 'root-ca';
  return {
    manifests: [
      object('Issuer', 'self', { selfSigned: {} }),
      certificate('root', 'self', { isCA: true, commonName: `${name} root`, duration: '87600h0m0s', renewBefore: '43800h0m0s', ...root }),
      object('Issuer', 'root-ca', { ca: { secretName: `${prefix}-root`, ...extras[0] } }),
      ...(deep ? [
        certificate('intermediate', 'root-ca', { isCA: true, commonName: `${name} intermediate`, duration: '43800h0m0s', renewBefore: '17520h0m0s', ...intermediate }),
        object('Issuer', 'intermediate-ca', { ca: { secretName: `${prefix}-intermediate`, ...extras[1] } }),
      ] : []),
      certificate('server', signer, { dnsNames: [wildcard, 'localhost.demo.svc'], ...(ip === undefined ? {} : { ipAddresses: [ip, '::ffff:10.0.0.1'] }), duration: `${hours}h0m0s`, ...server }),
      certificate('client', signer, { commonName: role, duration: `${hours}h0m0s`, ...client }),
    ],
    issuer: `${prefix}-${signer}`,
    server: `${prefix}-server`,
    client: `${prefix}-client`,
    host,
    role,
  };
}

/** Certificates with any field that has to do with what is issued, by issuers of the chains. */
export function anyCertificates(count: number, seed: number, namespace: string, issuers: readonly string[]): ApiObject[] {
  return fc.sample(VALID_CERTIFICATE, { seed, numRuns: count }).map((manifest, index) => {
    // Keystores are opaque, big keys take their time, and OpenSSL makes no keys of odd sizes as Go does.
    const { keystores: _, privateKey = {}, signatureAlgorithm: __, ...spec } = manifest.spec;
    const name = `x${index}`;
    const size = privateKey.algorithm !== 'ECDSA' && privateKey.size > 2048 ? { size: index % 5 === 0 ? 3072 : 2048 } : {};
    return {
      ...manifest,
      metadata: { name, namespace },
      spec: { ...spec, privateKey: { ...privateKey, ...size }, secretName: name, issuerRef: { name: issuers[index % issuers.length]! } },
    };
  });
}
