import type { ValidationOptions } from './validation-options';
import type { Manifest } from '../kubernetes';
import { clusterAssumptions, IssuanceGraph } from '../pki';
import { RuleContext, type RuleContextOptions } from '../rules';

/** The input of the rules: the manifests, with the options of the validation. */
export function ruleContextOf(objects: ReadonlyArray<Manifest>, options: ValidationOptions, outputFiles?: RuleContextOptions['outputFiles']): RuleContext {
  const assumptions = clusterAssumptions(options);
  const committed = options.committed && new IssuanceGraph(options.committed._objects, assumptions);
  return new RuleContext(objects, assumptions, { committed, consents: options.consents, outputFiles });
}
