import { memoizeByObject } from '../../data';
import { Manifest, Schema, SchemaError, SchemaErrorKind, schemaErrors } from '../../kubernetes';
import { CERT_MANAGER_GROUP, CERTIFICATE_SPEC, ISSUER_SPEC, newerThan, NEWEST_KNOWN } from '../../pki';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ManifestTarget, objectsOf, ruleTable } from '../engine/rule-table';

const KINDS: Readonly<Record<string, Schema>> = {
  Certificate: manifestOf(CERTIFICATE_SPEC),
  ClusterIssuer: manifestOf(ISSUER_SPEC, ['spec']),
  Issuer: manifestOf(ISSUER_SPEC, ['spec']),
};

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

/** Rules about the structure of cert-manager objects: fields, types, enum values, and the release that added them. */
export const STRUCTURE_RULES = ruleTable((manifests) => objectsOf(manifests).filter(({ at: { group } }) => group === CERT_MANAGER_GROUP), [
  {
    code: 'PGTLS-A07',
    title: 'unknown field in a cert-manager object',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: "cert-manager's CRDs: kubectl rejects an unknown field; with a client that does not validate strictly the API server drops it silently",
    check: (target) => knowsAll(target) ? faults(target.at, [SchemaErrorKind.UNKNOWN_FIELD]) : [],
    fix: 'correct the spelling or remove the field; if a later release added it, set certManagerVersion',
  },
  {
    code: 'PGTLS-A13',
    title: 'value rejected by the cert-manager schema',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: "cert-manager's CRDs",
    check: (target) => faults(target.at, [SchemaErrorKind.MISSING, SchemaErrorKind.TYPE, SchemaErrorKind.FORM, ...(knowsAll(target) ? [SchemaErrorKind.WORD] : [])]),
    fix: 'set a value that the schema allows; in YAML, quote numbers and booleans that are meant as strings',
  },
  {
    code: 'PGTLS-A14',
    title: 'cert-manager API version that is no longer served',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager serves cert-manager.io/v1 alone since 1.6',
    check: ({ at: { group, kind, version } }) =>
      when(group === CERT_MANAGER_GROUP && Object.hasOwn(KINDS, kind) && version !== 'v1', () => `apiVersion of ${kind} is ${CERT_MANAGER_GROUP}/${version}`),
    fix: 'use cert-manager.io/v1; some fields of older versions have been renamed or moved',
  },
  {
    code: 'PGTLS-V01',
    title: 'field or value newer than the oldest supported cert-manager',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: "cert-manager's CRDs and feature gates by release",
    check: (target) => {
      const { certManagerVersion } = target.manifests.assumptions;
      return hasSchema(target.at) ? newerThan(certManagerVersion, target).map(({ path, value, since }) =>
        `${path}${value === undefined ? '' : ` ${value}`} requires cert-manager ${since.toString()}, but the manifests must work with ${certManagerVersion.toString()}`) : [];
    },
    fix: 'remove it, or set the oldest release that runs in any cluster: Validation.of(app).configure({ certManagerVersion })',
  },
] satisfies Rule<ManifestTarget>[]);

/** Fields and enum values of a release after the newest known one cannot be checked. */
function knowsAll({ manifests: { assumptions } }: ManifestTarget): boolean {
  return NEWEST_KNOWN.isAtLeast(assumptions.certManagerVersion);
}

function hasSchema({ group, version, kind }: Manifest): boolean {
  return group === CERT_MANAGER_GROUP && version === 'v1' && Object.hasOwn(KINDS, kind);
}

function faults(at: Manifest, kinds: SchemaErrorKind[]): string[] {
  return hasSchema(at) ? rootErrors(at).filter(({ kind }) => kinds.includes(kind)).map(({ fault }) => fault) : [];
}

/** The misfits of a manifest, walked once for all rules. */
const rootErrors = memoizeByObject(({ kind, manifest }: Manifest): SchemaError[] =>
  schemaErrors(KINDS[kind]!, manifest).filter(({ kind: how, path }) => !COVERED_BY_OTHER_RULES.some(([silent, where]) => silent === how && where.test(path))));

/** The API server validates metadata. The status is ignored on apply. */
function manifestOf(spec: Schema, required: string[] = []): Schema {
  return { type: 'object', required, properties: { apiVersion: {}, kind: {}, metadata: {}, spec, status: {} } };
}
