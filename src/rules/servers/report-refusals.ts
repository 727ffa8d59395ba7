import { type PodContext, type Refusal, type StepName, walkOf } from '../../workloads';
import type { Report } from '../engine/rule';

/** Reports each connection of a pod that a step refuses first, once for each text. */
export function reportRefusals({ connections }: PodContext, report: Report, step: StepName): void {
  const reported = new Set<string>();
  for (const connection of connections) {
    const { refused } = walkOf(connection);
    if (refused?.name !== step) { continue; }
    const problem = withError(refused.refusal);
    if (!reported.has(problem)) { report(refused.refusal.field, problem); }
    reported.add(problem);
  }
}

/** The problem, and at its end what the client prints. */
export function withError({ problem, error }: Pick<Refusal, 'problem' | 'error'>): string {
  return `${problem}; error: ${error}`;
}
