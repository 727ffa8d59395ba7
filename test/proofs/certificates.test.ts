import { CertManagerVersion } from '../../src';
import { findingsIn } from '../support/proofs';

const GOOD = {
  secretName: 'db-cert',
  issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' },
  commonName: 'db',
  dnsNames: ['db'],
  duration: '2160h0m0s',
  renewBefore: '720h0m0s',
  privateKey: { algorithm: 'ECDSA', size: 256 },
};

const codes = (change: object) => findingsIn([certificate({ ...GOOD, ...change })], { certManagerVersion: CertManagerVersion.V1_21 }).map(({ code }) => code);
const certificate = (spec: object) => ({ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'db', namespace: 'demo' }, spec });

test('a sound certificate passes', () => {
  expect(codes({})).toEqual([]);
});

// Every rule is broken exactly, and met narrowly.
test.each<[string, object, object]>([
  ['PGTLS-D01', { duration: '90d' }, { duration: '2160h' }],
  ['PGTLS-D02', { duration: '59m59s', renewBefore: '5m' }, { duration: '1h', renewBefore: '5m' }],
  ['PGTLS-D03', { renewBefore: '4m59s' }, { renewBefore: '5m' }],
  ['PGTLS-D03', { duration: '1h', renewBefore: '1h' }, { duration: '1h', renewBefore: '59m' }],
  ['PGTLS-D03', { duration: undefined, renewBefore: '2160h' }, { duration: undefined, renewBefore: '2159h' }],
  ['PGTLS-D04', { renewBeforePercentage: 33 }, { renewBeforePercentage: 33, renewBefore: undefined }],
  ['PGTLS-D05', { renewBefore: undefined, renewBeforePercentage: 100 }, { renewBefore: undefined, renewBeforePercentage: 99 }],
  ['PGTLS-D05', { renewBefore: undefined, renewBeforePercentage: 5, duration: '1h' }, { renewBefore: undefined, renewBeforePercentage: 9, duration: '1h' }],
  ['PGTLS-D06', { renewal: {} }, { renewal: { policy: 'RenewBefore' } }],
  ['PGTLS-D06', { renewal: { policy: 'Disabled', windows: [window()] } }, { renewal: { policy: 'RenewBefore', windows: [window()] } }],
  ['PGTLS-D06', { renewal: { policy: 'RenewBefore', windows: [window({ windowDuration: '0s' })] } }, { renewal: { policy: 'Disabled' } }],
  ['PGTLS-D06', { renewal: { policy: 'RenewBefore', windows: [window({ cron: '@daily' })] } }, { renewal: { policy: 'RenewBefore', windows: [] } }],
  ['PGTLS-D06', { renewal: { policy: 'RenewBefore', windows: [window({ timezone: 'Mars/Base' })] } }, { renewal: { policy: 'RenewBefore', windows: [window({ timezone: 'Europe/Berlin' })] } }],
  ['PGTLS-D10', { revisionHistoryLimit: 0 }, { revisionHistoryLimit: 1 }],
  ['PGTLS-E04', { isCA: true, commonName: undefined }, { isCA: true, commonName: undefined, subject: { organizations: ['a'] } }],
  ['PGTLS-E07', { nameConstraints: { permitted: { dnsDomains: ['svc'] } } }, { isCA: true, nameConstraints: { permitted: { dnsDomains: ['svc'] } } }],
  ['PGTLS-E07', { isCA: true, nameConstraints: { permitted: {} } }, { isCA: true, nameConstraints: { excluded: { ipRanges: ['10.0.0.0/8'] } } }],
])('%s is broken by %j and met by %j', (code, broken, met) => {
  expect(codes(broken)).toEqual([code]);
  expect(codes(met)).toEqual([]);
});

function window(change: object = {}) {
  return { cron: '0 3 * * *', windowDuration: '2h', ...change };
}
