import { CERT_MANAGER_KINDS, hasSchema } from './cert-manager-kinds';
import { memoizeByObject } from '../../data';
import { type Manifest, type SchemaError, SchemaErrorKind, schemaErrors } from '../../kubernetes';
import { NEWEST_KNOWN } from '../../pki';
import type { Report } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';

/** Schema errors that a more specific rule reports. */
const COVERED_BY_OTHER_RULES: ReadonlyArray<readonly [SchemaErrorKind, RegExp]> = [
  // What a Certificate needs: PGTLS-A01, A05, C05.
  [SchemaErrorKind.MISSING, /^spec\.(secretName|issuerRef(\.name)?|keystores\.\w+\.passwordSecretRef\.name)$/],
  // What an issuer needs: PGTLS-I02, I03, I06, I42.
  [SchemaErrorKind.MISSING, /^spec\.acme\..*(?<!\.(secretAccessKeySecret|tsigSecretSecret|serviceAccount))Ref\.name$/],
  [SchemaErrorKind.MISSING, /^spec\.(vault\.auth\.appRole\.secretRef|venafi\.ngts\.credentialsRef)\.name$/],
  [SchemaErrorKind.FORM, /^spec\.(acme\.preferredChain|vault\.auth\.aws\.role)$/],
  // Times: PGTLS-D01, D06.
  [SchemaErrorKind.TYPE, /^spec\.(duration|renewBefore)$/],
  [SchemaErrorKind.MISSING, /^spec\.renewal\./],
  [SchemaErrorKind.WORD, /^spec\.renewal\./],
  [SchemaErrorKind.FORM, /^spec\.renewal\./],
];

/** Reports the schema errors of some kinds, except those that a more specific rule reports. */
export function reportErrors(at: Manifest, kinds: ReadonlyArray<SchemaErrorKind>, report: Report): void {
  if (!hasSchema(at)) { return; }
  for (const { kind, path, fault } of errorsOf(at)) {
    if (kinds.includes(kind)) { report(path, fault); }
  }
}

/** Fields and enum values of a release after the newest known one cannot be checked. */
export function knowsAll({ manifests: { assumptions } }: ManifestTarget): boolean {
  return NEWEST_KNOWN.isAtLeast(assumptions.certManagerVersion);
}

/** The schema errors of a manifest, found once for all rules. */
const errorsOf = memoizeByObject(({ kind, manifest }: Manifest): SchemaError[] =>
  schemaErrors(CERT_MANAGER_KINDS[kind]!, manifest).filter(({ kind: how, path }) => !COVERED_BY_OTHER_RULES.some(([covered, where]) => covered === how && where.test(path))));
