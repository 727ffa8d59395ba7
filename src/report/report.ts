import type { BaselineEntry } from './baseline';
import { openFindings } from './open-findings';
import type { NotChecked } from '../reading';
import { type Finding, Severity } from '../rules';

/** What a validation of files answers: everything that the formats print. */
export interface Report {
  /** Findings that are new, and acknowledged ones. */
  readonly findings: ReadonlyArray<Finding>;
  /** Findings that the baseline has. */
  readonly known: ReadonlyArray<Finding>;
  /** Findings of the baseline that no longer occur. */
  readonly gone: ReadonlyArray<BaselineEntry>;
  readonly checked: CheckedInput;
  /** Whether warnings that are not acknowledged fail the run. */
  readonly warningsAsErrors: boolean;
}

/** How much was checked, and what was not. */
export interface CheckedInput {
  readonly files: number;
  readonly manifests: number;
  readonly notChecked: ReadonlyArray<NotChecked>;
}

/** The program that writes a report, and where its documents are. */
export interface ReportTool {
  readonly version: string;
  /** The text of a page of a rule, if it is there. */
  readonly pageText: (page: string) => string | undefined;
  /** The address of the package, below which its documents are; undefined if it has none. */
  readonly homepage?: string;
}

/** Numbers of findings. */
export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly acknowledged: number;
}

export function countFindings(findings: ReadonlyArray<Finding>): FindingCounts {
  const open = openFindings(findings);
  const errors = open.filter(({ severity }) => severity === Severity.ERROR).length;
  return { errors, warnings: open.length - errors, acknowledged: findings.length - open.length };
}

/** Whether a finding of a report fails the run. */
export function isFailure({ severity, acknowledged }: Finding, { warningsAsErrors }: Report): boolean {
  return acknowledged === undefined && (severity === Severity.ERROR || warningsAsErrors);
}

/** Whether a report has a finding that fails the run. */
export function isFailed(report: Report): boolean {
  return report.findings.some((finding) => isFailure(finding, report));
}
