import { Consequence, RULE_TABLES } from '../../src/rules';
import { CertManagerVersion } from '../../src';
import { codesIn } from '../support/findings';
import { EXCUSES } from './cases';
import { Ground } from './support/ground';
import { CONSEQUENCES } from './support/consequences';
import { Scene, wrongExample } from './support/scene';
import { TlsServer } from './support/tls-server';
import { createCa, LocalCertManager, type Manifest } from '../local';

const LATE = RULE_TABLES.flatMap(({ rules }) => rules).filter(({ consequence }) => consequence !== Consequence.REJECTED_ON_APPLY);

test('every rule whose consequence is not a rejection on apply is shown to be right, or the reason is given why it cannot be', () => {
  const covered = [...CONSEQUENCES.map(({ code }) => code), ...Object.keys(EXCUSES)];
  expect([...new Set(covered)].sort()).toEqual([...new Set(LATE.map(({ code }) => code))].sort());
});

let ground: Ground;
let server: TlsServer;
beforeAll(async () => {
  ground = await Ground.claim('seen');
  const first = await createCa('first');
  const manager = new LocalCertManager([{ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'db' }, spec: { secretName: 'db', issuerRef: { name: 'first' }, dnsNames: ['db'] } } as Manifest]);
  await manager.registerCa('Issuer', 'first', first).issueAll();
  server = await TlsServer.start(manager.secret('db').data);
  await server.addRoles(['app', 'by_password']);
}, 120_000);
afterAll(async () => {
  await server?.stop();
  await ground?.release();
});

test.each(CONSEQUENCES)('$code: $seen', async ({ code, manifests = wrongExample(code), show }) => {
  await show({ scene: new Scene(ground, code.slice(6)), manifests, server });
}, 120_000);

test.each(CONSEQUENCES.filter(({ manifests }) => manifests !== undefined))('$code is what the manifests break', ({ code, manifests }) => {
  expect(codesIn(manifests!, { certManagerVersion: CertManagerVersion.V1_21 })).toContain(code);
});
