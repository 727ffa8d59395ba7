import { memoizeByObject } from '../../data';
import { Manifest, Schema, SchemaError, SchemaErrorKind, schemaErrors } from '../../kubernetes';
import { CERT_MANAGER_GROUP, CERTIFICATE_SPEC, ISSUER_SPEC, NEWEST_KNOWN } from '../../pki';
import { ManifestTarget } from '../engine/rule-table';

export const KINDS: Readonly<Record<string, Schema>> = {
  Certificate: manifestOf(CERTIFICATE_SPEC),
  ClusterIssuer: manifestOf(ISSUER_SPEC, ['spec']),
  Issuer: manifestOf(ISSUER_SPEC, ['spec']),
};

/** Schema errors that a more specific rule reports. */
export const COVERED_BY_OTHER_RULES: ReadonlyArray<readonly [SchemaErrorKind, RegExp]> = [
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

/** Fields and enum values of a release after the newest known one cannot be checked. */
export function knowsAll({ manifests: { assumptions } }: ManifestTarget): boolean {
  return NEWEST_KNOWN.isAtLeast(assumptions.certManagerVersion);
}

export function hasSchema({ group, version, kind }: Manifest): boolean {
  return group === CERT_MANAGER_GROUP && version === 'v1' && Object.hasOwn(KINDS, kind);
}

export function faults(at: Manifest, kinds: SchemaErrorKind[]): string[] {
  return hasSchema(at) ? rootErrors(at).filter(({ kind }) => kinds.includes(kind)).map(({ fault }) => fault) : [];
}

/** The misfits of a manifest, walked once for all rules. */
export const rootErrors = memoizeByObject(({ kind, manifest }: Manifest): SchemaError[] =>
  schemaErrors(KINDS[kind]!, manifest).filter(({ kind: how, path }) => !COVERED_BY_OTHER_RULES.some(([silent, where]) => silent === how && where.test(path))));

/** The API server validates metadata. The status is ignored on apply. */
export function manifestOf(spec: Schema, required: string[] = []): Schema {
  return { type: 'object', required, properties: { apiVersion: {}, kind: {}, metadata: {}, spec, status: {} } };
}
