import { type ConnectionPath, type PodContext, type Refusal, type StepName, walkOf } from '../../workloads';
import type { Severity } from '../engine/finding';
import type { Report } from '../engine/rule';

/**
 * Reports each connection of a pod that a step refuses first, once for each text.
 *
 * @param severityOf where it is not that of the rule
 */
export function reportRefusals({ connections }: PodContext, report: Report, step: StepName, severityOf?: (connection: ConnectionPath) => Severity): void {
  const reported = new Set<string>();
  for (const connection of connections) {
    const { refused } = walkOf(connection);
    if (refused?.name !== step) { continue; }
    const problem = withError(refused.refusal);
    if (!reported.has(problem)) { report(refused.refusal.field, problem, undefined, severityOf?.(connection)); }
    reported.add(problem);
  }
}

/** The problem, and at its end what the client prints. */
export function withError({ problem, error }: Pick<Refusal, 'problem' | 'error'>): string {
  return `${problem}; error: ${error}`;
}
