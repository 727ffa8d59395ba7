import type { Finding } from '../rules';

/** Findings that are not acknowledged. */
export function openFindings(findings: ReadonlyArray<Finding>): Finding[] {
  return findings.filter(({ acknowledged }) => acknowledged === undefined);
}
