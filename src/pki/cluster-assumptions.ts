import { CertManagerVersion } from './cert-manager-version';
import type { StatedAssumptions, Statement } from './stated-assumptions';

/** A setting of the cluster that findings depend on, by the name of its option. */
export type ClusterSetting = 'certManagerVersion' | 'clusterResourceNamespace' | 'trustNamespace';

/** Where the value of a setting is from. */
export interface SettingSource {
  /** Whether an option gives it. */
  readonly isOption: boolean;
  /** Whether it is certain: given, stated by manifests that agree, or the default that an app is written for. */
  readonly isKnown: boolean;
  /** What the manifests state, each value once. */
  readonly statements: ReadonlyArray<Statement<CertManagerVersion | string>>;
}

/** What is assumed of the cluster that manifests are applied to. */
export interface ClusterAssumptions {
  readonly certManagerVersion: CertManagerVersion;
  /** Where cert-manager looks up the Secrets of ClusterIssuers. */
  readonly clusterResourceNamespace: string;
  /** Where trust-manager looks up the sources of Bundles. */
  readonly trustNamespace: string;
  /** The feature gates that manifests switch on, in the controller and in the webhook, or off in one of them. */
  readonly featureGates: ReadonlyMap<string, boolean>;
  /** Whether a renewal makes a new key where a Certificate does not set `rotationPolicy`; false only if the manifests state a release or a gate that keeps it. */
  readonly rotatesKeys: boolean;
  readonly sources: Readonly<Record<ClusterSetting, SettingSource>>;
  /** Whether the manifests are those of an app, whose author decides about the cluster, or files of any origin. */
  readonly isApp: boolean;
}

/** Settings that options give. */
export type GivenAssumptions = Partial<Pick<ClusterAssumptions, ClusterSetting>>;

/** What is known beside the options. */
export interface AssumptionFacts {
  readonly stated?: StatedAssumptions;
  /** @default true */
  readonly isApp?: boolean;
}

/** Options come first, then what the manifests state, then the defaults of cert-manager's and trust-manager's own charts. */
export function clusterAssumptions(given: GivenAssumptions = {}, { stated, isApp = true }: AssumptionFacts = {}): ClusterAssumptions {
  const versions = oldestFirst(stated?.certManagerVersion ?? []);
  const resources = once(stated?.clusterResourceNamespace ?? []);
  const trust = once(stated?.trustNamespace ?? []);
  const source = (option: unknown, statements: SettingSource['statements'], agree: boolean): SettingSource => (
    { isOption: option !== undefined, isKnown: option !== undefined || isApp || (agree && statements.length > 0), statements });
  const gates = featureGates(stated?.featureGates ?? []);
  return {
    certManagerVersion: given.certManagerVersion ?? versions[0]?.value ?? CertManagerVersion.V1_18,
    clusterResourceNamespace: given.clusterResourceNamespace ?? resources[0]?.value ?? 'cert-manager',
    trustNamespace: given.trustNamespace ?? trust[0]?.value ?? 'cert-manager',
    featureGates: gates,
    rotatesKeys: given.certManagerVersion !== undefined || !keepsKeys(versions.map(({ value }) => value), gates),
    sources: {
      // Manifests that are applied to several clusters must work with the oldest release.
      certManagerVersion: source(given.certManagerVersion, versions, true),
      clusterResourceNamespace: source(given.clusterResourceNamespace, resources, resources.length === 1),
      trustNamespace: source(given.trustNamespace, trust, trust.length === 1),
    },
    isApp,
  };
}

/** Source: cert-manager internal/controller/feature/features.go: DefaultPrivateKeyRotationPolicyAlways, on by default since 1.18, locked since 1.20. */
function keepsKeys(versions: ReadonlyArray<CertManagerVersion>, gates: ReadonlyMap<string, boolean>): boolean {
  const isOff = gates.get('DefaultPrivateKeyRotationPolicyAlways') === false;
  return versions.length > 0 && versions.every((version) => !version.isAtLeast(isOff ? CertManagerVersion.V1_20 : CertManagerVersion.V1_18));
}

/** Statements of different values: the first of each. */
function once<Value>(statements: ReadonlyArray<Statement<Value>>): Statement<Value>[] {
  return [...new Map([...statements].reverse().map((statement) => [String(statement.value), statement])).values()].reverse();
}

function oldestFirst(statements: ReadonlyArray<Statement<CertManagerVersion>>): Statement<CertManagerVersion>[] {
  return once(statements).sort((one, other) => one.value.minor - other.value.minor);
}

/** A gate is on where both programs have it on: the webhook rejects what it does not have, the controller ignores it. */
function featureGates(statements: StatedAssumptions['featureGates']): Map<string, boolean> {
  const names = new Set(statements.flatMap(({ value }) => [...value.keys()]));
  const gates = new Map<string, boolean>();
  for (const name of names) {
    const stating = statements.filter(({ value }) => value.has(name));
    const isOff = stating.some(({ value }) => value.get(name) === false);
    const programs = new Set(stating.map(({ program }) => program));
    if (isOff || programs.size === 2) { gates.set(name, !isOff); }
  }
  return gates;
}
