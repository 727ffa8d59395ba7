import { hbaCertWithoutCaFile } from './hba-cert-without-ca-file';
import { hbaPlaintextPassword } from './hba-plaintext-password';
import { hbaRowInvalid } from './hba-row-invalid';
import type { PodContext } from '../../workloads';
import type { Rule } from '../engine/rule';

/** Rules for pg_hba.conf files in ConfigMaps; the rules of a Postgres construct check its own file in an app (PGTLS-P11 to P17, P26). */
export const ACCESS_RULES: ReadonlyArray<Rule<PodContext>> = [
  hbaPlaintextPassword,
  hbaRowInvalid,
  hbaCertWithoutCaFile,
];
