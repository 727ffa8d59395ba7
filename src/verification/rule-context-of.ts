import type { ProofOptions } from './proof-options';
import type { Manifest } from '../kubernetes';
import { clusterAssumptions, IssuanceGraph } from '../pki';
import { RuleContext, type RuleContextOptions } from '../rules';

/** What rules look at: the manifests, with what the user has told of the cluster. */
export function ruleContextOf(objects: ReadonlyArray<Manifest>, options: ProofOptions, outputFiles?: RuleContextOptions['outputFiles']): RuleContext {
  const assumptions = clusterAssumptions(options);
  const committed = options.committed && new IssuanceGraph(options.committed._objects, assumptions);
  return new RuleContext(objects, assumptions, { committed, consents: options.consents, outputFiles });
}
