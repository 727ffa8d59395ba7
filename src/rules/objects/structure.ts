import { CERTIFICATE_SPEC, ISSUER_SPEC, newerThan, NEWEST_KNOWN } from '../../pki';
import { Judged, Misfit, MisfitKind, misfits, Schema } from '../../kubernetes';
import { oncePer } from '../../data';
import { Basis, Rule, when } from '../engine/rule';
import { objectsOf, ObjectSubject, ruleTable } from '../engine/rule-table';

const GROUP = 'cert-manager.io';
const KINDS: Readonly<Record<string, Schema>> = {
  Certificate: manifestOf(CERTIFICATE_SPEC),
  ClusterIssuer: manifestOf(ISSUER_SPEC, ['spec']),
  Issuer: manifestOf(ISSUER_SPEC, ['spec']),
};

/** Misfits that a rule of their own tells in better words. */
const TOLD_ELSEWHERE: ReadonlyArray<readonly [MisfitKind, RegExp]> = [
  // What a Certificate needs: PGTLS-A01, A05, C05.
  [MisfitKind.MISSING, /^spec\.(secretName|issuerRef(\.name)?|keystores\.\w+\.passwordSecretRef\.name)$/],
  // What an issuer needs: PGTLS-I02, I03, I06, I42.
  [MisfitKind.MISSING, /^spec\.acme\..*(?<!\.(secretAccessKeySecret|tsigSecretSecret|serviceAccount))Ref\.name$/],
  [MisfitKind.MISSING, /^spec\.(vault\.auth\.appRole\.secretRef|venafi\.ngts\.credentialsRef)\.name$/],
  [MisfitKind.FORM, /^spec\.(acme\.preferredChain|vault\.auth\.aws\.role)$/],
  // Times: PGTLS-D01, D06.
  [MisfitKind.TYPE, /^spec\.(duration|renewBefore)$/],
  [MisfitKind.MISSING, /^spec\.renewal\./],
  [MisfitKind.WORD, /^spec\.renewal\./],
  [MisfitKind.FORM, /^spec\.renewal\./],
];

/** What is proven about the shape of cert-manager's objects: fields, types, words, and which release knows them. */
export const STRUCTURE_RULES = ruleTable((inventory) => objectsOf(inventory).filter(({ at: { group } }) => group === GROUP), [
  {
    code: 'PGTLS-A07',
    title: 'a field that cert-manager does not have',
    basis: Basis.REFUSED,
    source: "cert-manager's CRDs: kubectl refuses an unknown field, a client that does not validate strictly has it pruned in silence",
    broken: (subject) => knowsAll(subject) ? faults(subject.at, [MisfitKind.UNKNOWN_FIELD]) : [],
    remedy: 'spell it as the API does, or leave it out; for a field of a later release say so with certManagerVersion',
  },
  {
    code: 'PGTLS-A13',
    title: "a value that cert-manager's schema refuses",
    basis: Basis.REFUSED,
    source: "cert-manager's CRDs",
    broken: (subject) => faults(subject.at, [MisfitKind.MISSING, MisfitKind.TYPE, MisfitKind.FORM, ...(knowsAll(subject) ? [MisfitKind.WORD] : [])]),
    remedy: 'give a value that the schema allows; in YAML, numbers and true or false that are meant as texts need quotes',
  },
  {
    code: 'PGTLS-A14',
    title: 'a version of the API that cert-manager does not serve',
    basis: Basis.REFUSED,
    source: 'cert-manager serves cert-manager.io/v1 alone since 1.6',
    broken: ({ at: { group, kind, version } }) =>
      when(group === GROUP && Object.hasOwn(KINDS, kind) && version !== 'v1', () => `${kind} is given as ${GROUP}/${version}`),
    remedy: 'use cert-manager.io/v1; fields of older versions have moved',
  },
  {
    code: 'PGTLS-V01',
    title: 'a field or value that the oldest cert-manager does not know',
    basis: Basis.REFUSED,
    source: "cert-manager's CRDs and feature gates by release",
    broken: (subject) => {
      const { certManagerVersion } = subject.inventory.surroundings;
      return isJudged(subject.at) ? newerThan(certManagerVersion, subject).map(({ path, value, since }) =>
        `${path}${value === undefined ? '' : ` ${value}`} needs cert-manager ${since.toString()}, the manifests are for ${certManagerVersion.toString()}`) : [];
    },
    remedy: 'leave it out, or say that every cluster has that release: Findings.configure(app, { certManagerVersion })',
  },
] satisfies Rule<ObjectSubject>[]);

/** Fields and words of a release after the newest known one cannot be judged. */
function knowsAll({ inventory: { surroundings } }: ObjectSubject): boolean {
  return NEWEST_KNOWN.isAtLeast(surroundings.certManagerVersion);
}

function isJudged({ group, version, kind }: Judged): boolean {
  return group === GROUP && version === 'v1' && Object.hasOwn(KINDS, kind);
}

function faults(at: Judged, kinds: MisfitKind[]): string[] {
  return isJudged(at) ? rootMisfits(at).filter(({ kind }) => kinds.includes(kind)).map(({ fault }) => fault) : [];
}

/** The misfits of a manifest, walked once for all rules. */
const rootMisfits = oncePer(({ kind, manifest }: Judged): Misfit[] =>
  misfits(KINDS[kind]!, manifest).filter(({ kind: how, path }) => !TOLD_ELSEWHERE.some(([silent, where]) => silent === how && where.test(path))));

/** Metadata is for the API server to judge, and a status for nobody: it is ignored where it is written. */
function manifestOf(spec: Schema, required: string[] = []): Schema {
  return { type: 'object', required, properties: { apiVersion: {}, kind: {}, metadata: {}, spec, status: {} } };
}
