import type { ApiObject } from './support/api-server';
import type { Stricter } from './support/verdicts';

/** Faults that the proofs refuse as cert-manager's webhook would, although this release of it lets them pass. */
export const STRICTER: readonly Stricter[] = [];

/** Objects on which the proofs and cert-manager once differed, as small as they could be made: what the fault was, and whether cert-manager accepts. */
export const CASES: readonly (readonly [fault: string, accepted: boolean, kind: string, spec: ApiObject])[] = [];

const NEEDS_ACME = 'needs an ACME server';
const NEEDS_VAULT = 'needs a Vault server';
const NEEDS_PODS = 'happens to pods: the suites `system` and `cluster` have them';

/** Rules that cannot be shown to be right on a cluster of an API server and cert-manager alone; why not. */
export const EXCUSES: Readonly<Record<string, string>> = {
  'PGTLS-D14': 'a window of no length ends the process of cert-manager, and with it everything else on the cluster (seen with 1.21.2, a nil pointer in policies/checks.go)',
};
export { NEEDS_ACME, NEEDS_PODS, NEEDS_VAULT };
