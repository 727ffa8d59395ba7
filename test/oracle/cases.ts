import type { ApiObject } from './support/api-server';
import type { Stricter } from './support/verdicts';

/** Faults that the proofs refuse as cert-manager's webhook would, although this release of it lets them pass. */
export const STRICTER: readonly Stricter[] = [];

/** Objects on which the proofs and cert-manager once differed, as small as they could be made: what the fault was, and whether cert-manager accepts. */
export const CASES: readonly (readonly [fault: string, accepted: boolean, kind: string, spec: ApiObject])[] = [];

const ACME = 'it takes an ACME server to refuse the order';
const PLATFORM = 'it takes the server of the platform';
const PODS = 'it happens to pods: the suites `system` and `cluster` have them';
const DEPLOYER = 'it takes a deployer that applies and prunes';
const TASTE = 'nothing fails: it is slow, or readable by too many';

/** Rules that an API server and cert-manager alone cannot show to be right; why not. */
export const EXCUSES: Readonly<Record<string, string>> = {
  'PGTLS-A10': DEPLOYER,
  'PGTLS-A15': DEPLOYER,
  'PGTLS-A16': DEPLOYER,
  'PGTLS-B09': ACME,
  'PGTLS-B12': 'libpq, OpenSSL and Node still look at the common name; it takes a client that is written in Go or Java',
  'PGTLS-B15': ACME,
  'PGTLS-B16': ACME,
  'PGTLS-B17': ACME,
  'PGTLS-B18': ACME,
  'PGTLS-B19': ACME,
  'PGTLS-B20': 'libpq and OpenSSL match it; it takes a client that is written in Java',
  'PGTLS-C06': PODS,
  'PGTLS-C08': 'it takes the CSI driver',
  'PGTLS-C10': TASTE,
  'PGTLS-C11': TASTE,
  'PGTLS-D09': 'it takes an issuer that shortens or back-dates what it is asked for',
  'PGTLS-D14': 'it ends the process of cert-manager, and so every other test on the cluster (seen with 1.21.2: a nil pointer in policies/checks.go)',
  'PGTLS-E11': PODS,
  'PGTLS-E16': TASTE,
  'PGTLS-F01': PODS,
  'PGTLS-F02': PODS,
  'PGTLS-F03': PODS,
  'PGTLS-F04': PODS,
  'PGTLS-F05': PODS,
  'PGTLS-F07': TASTE,
  'PGTLS-I13': PLATFORM,
  'PGTLS-I16': PLATFORM,
  'PGTLS-I17': PLATFORM,
  'PGTLS-I18': PLATFORM,
  'PGTLS-I21': PLATFORM,
  'PGTLS-I41': ACME,
  'PGTLS-I43': ACME,
  'PGTLS-I44': ACME,
  'PGTLS-I45': ACME,
  'PGTLS-I46': ACME,
  'PGTLS-I47': ACME,
  'PGTLS-T05': PODS,
  'PGTLS-T06': PODS,
  'PGTLS-T11': PODS,
  'PGTLS-T12': PODS,
  'PGTLS-T14': PODS,
  'PGTLS-T15': 'PostgreSQL itself refuses the file: test/real and the suite `system` show it',
  'PGTLS-T16': PODS,
};
