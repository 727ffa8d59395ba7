import { Severity } from './finding';
import { displayName, inNamespace, type Manifest } from '../../kubernetes';
import type { ClusterAssumptions, ClusterSetting } from '../../pki';

/** The parts of a finding that depend on how a setting of the cluster is known. */
export interface KnownSetting {
  /** A warning where the setting is not known; undefined otherwise. */
  readonly severity: Severity | undefined;
  /** Where its value is from, in brackets; empty if an option or an app decides. */
  readonly origin: string;
}

/** How a setting of the cluster is known. */
export function knownSetting(setting: ClusterSetting, assumptions: ClusterAssumptions): KnownSetting {
  const { sources: { [setting]: { isKnown, isOption, statements } } } = assumptions;
  return {
    severity: isKnown ? undefined : Severity.WARNING,
    origin: isOption ? '' : origin(setting, assumptions, statements.map(({ value, by }) => `${stating(by)} states ${String(value)}`)),
  };
}

/** Whether a file of values states a namespace for a setting that other files state otherwise: one of the clusters of a repository may have it so. */
export function mayBe(setting: ClusterSetting, namespace: string | undefined, { sources }: ClusterAssumptions): boolean {
  const { isOption, statements } = sources[setting];
  return !isOption && statements.some(({ value, isLoose = false }) => isLoose && value === namespace);
}

function origin(setting: ClusterSetting, assumptions: ClusterAssumptions, statements: ReadonlyArray<string>): string {
  if (statements.length > 0) { return ` (${statements.join(', ')})`; }
  return assumptions.isApp ? '' : ` (no manifest states it; ${String(assumptions[setting])} is the default)`;
}

/** The manifest that states a setting, as messages name it. */
export function stating(by: Manifest): string {
  return `${displayName(by)}${inNamespace(by.namespace)}`;
}
