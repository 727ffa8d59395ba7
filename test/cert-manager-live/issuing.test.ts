import { LocalCertManager, type LocalSecret, type Manifest } from '../local';
import { printedSeed } from '../support/seed';
import { inParallel, until, type ApiObject } from './support/api-server';
import { secretFingerprint, type SecretFingerprint } from './support/fingerprint';
import { Ground, isReady } from './support/ground';
import { anyCertificates, chains, type Chain } from './support/random-chains';
import { TlsServer } from './support/tls-server';
import { errorsTogether } from './support/admission';

/** `CHAINS=100 CERTIFICATES=500 SEED=-42 npm run test:cert-manager -- issuing` asks more, or the same again. */
const CHAINS = Number(process.env['CHAINS'] ?? 20);
const CERTIFICATES = Number(process.env['CERTIFICATES'] ?? 60);
const SEED = printedSeed();

let ground: Ground;
let accepted: Chain[];
let manifests: ApiObject[];
let secrets: Map<string, Readonly<Record<string, Buffer>>>;

beforeAll(async () => {
  ground = await Ground.claim('issuing');
  const { api, namespace } = ground;
  accepted = chains(CHAINS, SEED, namespace).filter((chain) => errorsTogether(chain.manifests).length === 0);
  const issuers = accepted.flatMap((chain) => chain.manifests.filter(({ kind }) => kind === 'Issuer').map(({ metadata }) => metadata.name));
  const around = accepted.flatMap((chain) => chain.manifests);
  const others = anyCertificates(CERTIFICATES, SEED, namespace, issuers).filter((certificate) => errorsTogether([...around, certificate]).length === 0);
  manifests = [...around, ...others];
  const started = Date.now();
  await inParallel(8, manifests, (manifest) => api.createAll([manifest]));
  const certificates = manifests.filter(({ kind }) => kind === 'Certificate');
  await until(`all of ${certificates.length} Certificates being ready`, 240, async () => {
    const all = await api.list('cert-manager.io/v1', 'Certificate', namespace);
    return all.length === certificates.length && all.every(isReady) ? true : undefined;
  }, async () => (await api.list('cert-manager.io/v1', 'Certificate', namespace)).filter((entry) => !isReady(entry)).map(({ metadata, spec, status }) => ({ name: metadata.name, spec, status })));
  secrets = new Map((await api.list('v1', 'Secret', namespace)).map(({ metadata, data }) => [metadata.name, decoded(data)]));
  process.stdout.write(`${accepted.length} of ${CHAINS} chains and ${others.length} of ${CERTIFICATES} other Certificates have no finding; ${certificates.length} are issued `
    + `in ${Math.round((Date.now() - started) / 1000)} s\n`);
}, 600_000);
afterAll(() => ground?.release());

test('most objects that are valid by construction have no finding', () => {
  expect(accepted.length).toBeGreaterThanOrEqual(CHAINS * 0.6);
  expect(manifests.filter(({ kind }) => kind === 'Certificate').length).toBeGreaterThanOrEqual(CHAINS * 2 + CERTIFICATES * 0.4);
});

test('with every chain a real PostgreSQL and libpq know each other', async () => {
  const pem = (name: string): Record<string, string> => Object.fromEntries(Object.entries(secrets.get(name)!).map(([key, value]) => [key, value.toString()]));
  const server = await TlsServer.start(pem(accepted[0]!.server));
  try {
    await server.addRoles([...new Set(accepted.map(({ role }) => role))]);
    const met: object[] = [];
    for (const chain of accepted) {
      await server.reload(pem(chain.server), pem(chain.client)['ca.crt']);
      met.push({ chain: chain.server, ...await server.login(chain.host, chain.role, pem(chain.client), pem(chain.server)['ca.crt']) });
    }
    expect(met).toEqual(accepted.map(({ server: name, role }) => ({ chain: name, user: role })));
  } finally {
    await server.stop();
  }
}, 300_000);

test('the local cert-manager of the other suites issues the same', async () => {
  const local = new LocalCertManager(manifests as Manifest[]);
  await local.issueAll();
  const differing: string[] = [];
  let compared = 0;
  for (const { kind, spec } of manifests) {
    if (kind !== 'Certificate') { continue; }
    const ours = facts(localFingerprint(local.secret(spec.secretName)));
    const real = facts(secretFingerprint(secrets.get(spec.secretName)!));
    compared += 1;
    const [odd, missing] = [ours.filter((fact) => !real.includes(fact)), real.filter((fact) => !ours.includes(fact))];
    if (odd.length + missing.length > 0) { differing.push([JSON.stringify(spec), ...odd.map((fact) => `local: ${fact}`), ...missing.map((fact) => `real: ${fact}`)].join('\n')); }
  }
  expect(differing).toEqual([]);
  expect(compared).toBeGreaterThanOrEqual(CHAINS * 2);
}, 300_000);

function localFingerprint({ data, binary = {} }: LocalSecret): SecretFingerprint {
  return secretFingerprint({ ...Object.fromEntries(Object.entries(data).map(([key, text]) => [key, Buffer.from(text)])), ...binary });
}

/** One line for each message, in order. */
function facts(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) { return [`${path} = ${String(value)}`]; }
  return Object.entries(value).flatMap(([field, inner]) => facts(inner, `${path}.${field}`));
}

function decoded(data: Record<string, string> = {}): Record<string, Buffer> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64')]));
}
