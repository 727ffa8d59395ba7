import { memoizeByObject } from '../../data';
import { Manifest, Schema, SchemaError, SchemaErrorKind, schemaErrors } from '../../kubernetes';
import { CERTIFICATE_SPEC, ISSUER_SPEC, newerThan, NEWEST_KNOWN } from '../../pki';
import { Consequence, Rule, when } from '../engine/rule';
import { ManifestTarget, objectsOf, ruleTable } from '../engine/rule-table';

const GROUP = 'cert-manager.io';
const KINDS: Readonly<Record<string, Schema>> = {
  Certificate: manifestOf(CERTIFICATE_SPEC),
  ClusterIssuer: manifestOf(ISSUER_SPEC, ['spec']),
  Issuer: manifestOf(ISSUER_SPEC, ['spec']),
};

/** Misfits that a rule of their own tells in better words. */
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

/** What is proven about the shape of cert-manager's objects: fields, types, words, and which release knows them. */
export const STRUCTURE_RULES = ruleTable((manifests) => objectsOf(manifests).filter(({ at: { group } }) => group === GROUP), [
  {
    code: 'PGTLS-A07',
    title: 'a field that cert-manager does not have',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: "cert-manager's CRDs: kubectl refuses an unknown field, a client that does not validate strictly has it pruned in silence",
    check: (target) => knowsAll(target) ? faults(target.at, [SchemaErrorKind.UNKNOWN_FIELD]) : [],
    fix: 'spell it as the API does, or leave it out; for a field of a later release say so with certManagerVersion',
  },
  {
    code: 'PGTLS-A13',
    title: "a value that cert-manager's schema refuses",
    consequence: Consequence.REJECTED_ON_APPLY,
    source: "cert-manager's CRDs",
    check: (target) => faults(target.at, [SchemaErrorKind.MISSING, SchemaErrorKind.TYPE, SchemaErrorKind.FORM, ...(knowsAll(target) ? [SchemaErrorKind.WORD] : [])]),
    fix: 'give a value that the schema allows; in YAML, numbers and true or false that are meant as texts need quotes',
  },
  {
    code: 'PGTLS-A14',
    title: 'a version of the API that cert-manager does not serve',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager serves cert-manager.io/v1 alone since 1.6',
    check: ({ at: { group, kind, version } }) =>
      when(group === GROUP && Object.hasOwn(KINDS, kind) && version !== 'v1', () => `${kind} is given as ${GROUP}/${version}`),
    fix: 'use cert-manager.io/v1; fields of older versions have moved',
  },
  {
    code: 'PGTLS-V01',
    title: 'a field or value that the oldest cert-manager does not know',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: "cert-manager's CRDs and feature gates by release",
    check: (target) => {
      const { certManagerVersion } = target.manifests.assumptions;
      return isJudged(target.at) ? newerThan(certManagerVersion, target).map(({ path, value, since }) =>
        `${path}${value === undefined ? '' : ` ${value}`} needs cert-manager ${since.toString()}, the manifests are for ${certManagerVersion.toString()}`) : [];
    },
    fix: 'leave it out, or say that every cluster has that release: Findings.configure(app, { certManagerVersion })',
  },
] satisfies Rule<ManifestTarget>[]);

/** Fields and words of a release after the newest known one cannot be judged. */
function knowsAll({ manifests: { assumptions: surroundings } }: ManifestTarget): boolean {
  return NEWEST_KNOWN.isAtLeast(surroundings.certManagerVersion);
}

function isJudged({ group, version, kind }: Manifest): boolean {
  return group === GROUP && version === 'v1' && Object.hasOwn(KINDS, kind);
}

function faults(at: Manifest, kinds: SchemaErrorKind[]): string[] {
  return isJudged(at) ? rootMisfits(at).filter(({ kind }) => kinds.includes(kind)).map(({ fault }) => fault) : [];
}

/** The misfits of a manifest, walked once for all rules. */
const rootMisfits = memoizeByObject(({ kind, manifest }: Manifest): SchemaError[] =>
  schemaErrors(KINDS[kind]!, manifest).filter(({ kind: how, path }) => !COVERED_BY_OTHER_RULES.some(([silent, where]) => silent === how && where.test(path))));

/** Metadata is for the API server to judge, and a status for nobody: it is ignored where it is written. */
function manifestOf(spec: Schema, required: string[] = []): Schema {
  return { type: 'object', required, properties: { apiVersion: {}, kind: {}, metadata: {}, spec, status: {} } };
}
