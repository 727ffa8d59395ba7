import type { ValidationOptions } from './validation-options';
import type { Manifest } from '../kubernetes';
import { clusterAssumptions, IssuanceGraph, statedAssumptions } from '../pki';
import { RuleContext, type RuleContextOptions } from '../rules';
import { chartObjects } from '../workloads';

/** What is known of the manifests beside the options. */
export interface ManifestFacts extends Pick<RuleContextOptions, 'outputFiles'> {
  /** Whether they are those of an app, not files of any origin. */
  readonly isApp: boolean;
  /** Values for charts, as objects that state settings of the cluster. */
  readonly values?: ReadonlyArray<Manifest>;
}

/** The input of the rules: the manifests, with the options of the validation and what the manifests state about the cluster. */
export function ruleContextOf(objects: ReadonlyArray<Manifest>, options: ValidationOptions, { isApp, outputFiles, values }: ManifestFacts): RuleContext {
  const assumptions = clusterAssumptions(options, { stated: statedAssumptions(objects, values), isApp });
  const committed = options.committed && new IssuanceGraph(options.committed._objects, assumptions);
  return new RuleContext(isApp ? objects : [...objects, ...chartObjects(objects)], assumptions, { committed, consents: options.consents, outputFiles });
}
