import type { Consequence } from './consequence';
import { Severity } from './finding';
import type { Manifest, ObjectField } from '../../kubernetes';
import type { ClusterSetting } from '../../pki';

/** A source of the fact that a rule checks. */
export interface RuleSource {
  readonly text: string;
  /** Pinned to a version, where the source has versions. */
  readonly url?: string;
}

/** What is known of a rule without its check: for documents, tests and findings. */
export interface RuleFacts {
  /** Stable: acknowledgements refer to it. The name of the file that the rule stands in. */
  readonly id: string;
  /** Stable: another name for the rule, and the one that it had first. */
  readonly code: string;
  /** @default Severity.ERROR */
  readonly severity?: Severity;
  /** The condition that the rule finds, in one line; the heading of its page. */
  readonly title: string;
  readonly consequence: Consequence;
  /** Where the fact stands that the rule checks. */
  readonly sources: ReadonlyArray<RuleSource>;
  readonly fix: string;
  /**
   * How to fix manifests that no construct has written: with fields, and options of the configuration file.
   *
   * @default - the same
   */
  readonly fixInYaml?: string;
  /** The setting of the cluster that its findings depend on: where it is not known, a violation is a warning. */
  readonly dependsOn?: ClusterSetting;
}

/**
 * Reports one violation.
 *
 * @param field the field of the object, such as `spec.dnsNames[0]`, or the property of the construct; empty if it is no single one. The field of another object, if that is
 * the one that has to be edited
 * @param problem what is wrong, with the value that was given
 * @param fix how to fix it, where that differs from the fix of the rule
 * @param severity where that differs from the severity of the rule
 */
export type Report = (field: string | ObjectField, problem: string, fix?: string, severity?: Severity) => void;

/** A rule: its facts, and the check that reports every violation by one target. */
export interface Rule<Target> extends RuleFacts {
  readonly check: (target: Target, report: Report) => void;
}

/** A violation of a rule by one target; the location is added by the caller. */
export interface Violation {
  readonly rule: RuleFacts;
  readonly severity: Severity;
  /** The object that has to be edited, where it is not the target of the rule. */
  readonly at?: Manifest;
  /** Empty if the violation is about no single field. */
  readonly field: string;
  readonly problem: string;
  readonly fix: string;
  /** How to fix it in YAML, where that differs. */
  readonly fixInYaml?: string;
  /** The reason of the consent that lets it pass. */
  readonly consented?: string;
}

/** Evaluates every rule for one target, in the order of the table. Most rules find nothing, so no object is allocated for them. */
export function evaluateRules<Target>(rules: ReadonlyArray<Rule<Target>>, target: Target): Violation[] {
  const violations: Violation[] = [];
  let current: Rule<Target>;
  const report: Report = (field, problem, fix, severity = current.severity ?? Severity.ERROR) => {
    const fixes = fix === undefined ? { fix: current.fix, fixInYaml: current.fixInYaml } : { fix };
    const place = typeof field === 'string' ? { field } : { at: field.at, field: field.field };
    violations.push({ rule: current, severity, ...place, problem, ...fixes });
  };
  for (const rule of rules) {
    current = rule;
    rule.check(target, report);
  }
  return violations;
}
