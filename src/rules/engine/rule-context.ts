import type { OutputFile } from './output-file';
import type { Manifest } from '../../kubernetes';
import { type ClusterAssumptions, IssuanceGraph } from '../../pki';
import type { ChangeConsent } from '../changes/change-consent';

/** Facts for the rules in addition to the manifests. */
export interface RuleContextOptions {
  /** The manifests that are currently applied; undefined where nothing is compared. */
  readonly committed?: IssuanceGraph;
  /** Intended changes. */
  readonly consents?: ReadonlyArray<ChangeConsent>;
  /** The file that each object is written to, where that is known. */
  readonly outputFiles?: ReadonlyMap<Manifest, OutputFile>;
}

/** The input of the rules: the manifests with their issuance graph, and the currently applied manifests that they replace. */
export class RuleContext extends IssuanceGraph {
  public readonly committed: IssuanceGraph | undefined;
  public readonly consents: ReadonlyArray<ChangeConsent>;
  public readonly outputFiles: ReadonlyMap<Manifest, OutputFile> | undefined;

  public constructor(objects: ReadonlyArray<Manifest>, assumptions: ClusterAssumptions, { committed, consents = [], outputFiles }: RuleContextOptions = {}) {
    super(objects, assumptions);
    this.committed = committed;
    this.consents = consents;
    this.outputFiles = outputFiles;
  }
}
