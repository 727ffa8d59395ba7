import { ApiObjectMetadata, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ITrustBundle } from './trust-bundle-ref';
import { TrustDistribution } from './trust-distribution';
import { TrustSource } from './trust-source';
import { TrustedCa } from './trusted-ca';
import { IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';
import { isSameIssuer, verifiesIssuer } from '../pki';
import { CommittedManifests, Validation } from '../verification';

/** Stage of a CA rotation. Each stage is synthesized, applied and completed before the next one. */
export enum CaRotationStage {
  /** All clients and servers trust both CAs; the old CA signs. */
  TRUST_BOTH = 'trust-both',
  /** All clients and servers trust both CAs; the new CA signs. */
  ISSUE_FROM_NEW = 'issue-from-new',
  /** Clients and servers trust only the new CA. */
  REMOVE_OLD = 'remove-old',
}

/** Properties of a CaRotation. */
export interface CaRotationProps {
  /** The old CA. */
  readonly from: TrustedCa;

  /** The new CA. */
  readonly to: TrustedCa;

  /** The current stage of the rotation. */
  readonly stage: CaRotationStage;

  /** The currently applied manifests, which show whether the previous stages are completed. */
  readonly committed: CommittedManifests;

  /**
   * Metadata of the bundle. Use the name of the existing bundle to continue it without a change for its users.
   *
   * @default - the construct id as name
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * How the CA certificates reach the clients and servers.
   *
   * @default TrustDistribution.trustManager()
   */
  readonly distribution?: TrustDistribution;
}

/**
 * CA rotation: replaces a CA by another one in three stages: trust the new CA as well, issue from the new CA, remove the old CA from the trust
 * bundle. At no time does a client or server receive a certificate that it does not trust.
 *
 * Skipping a stage is an error: the constructor compares with the currently applied manifests.
 *
 * @throws if both CAs have the same issuer, if the applied bundle does not contain the new CA when the stage requires it, or if a ConfigMap
 *   distributes a CA whose certificate is not given with `TrustBundleSource.fromPem`
 */
export class CaRotation extends Construct {
  /** The issuer that signs at this stage. */
  public readonly issuer: IIssuer;

  /** The CA certificates that clients and servers trust at this stage. */
  public readonly trust: TrustSource;

  /** The bundle with the trusted CA certificates. */
  public readonly bundle: ITrustBundle;

  /** The current stage of the rotation. */
  public readonly stage: CaRotationStage;

  public constructor(scope: Construct, id: string, props: CaRotationProps) {
    checkArguments('CaRotation', scope, id, props);
    super(scope, id);
    const { from, to, stage, committed, metadata, distribution = TrustDistribution.trustManager() } = props;
    if (isSameIssuer(from.issuer, to.issuer)) {
      throw new Error(`[${this.node.path}] from and to are both issuer '${to.issuer.issuerName}'; a rotation needs a new CA with a different issuer`);
    }
    this.stage = stage;
    this.issuer = stage === CaRotationStage.TRUST_BOTH ? from.issuer : to.issuer;
    this.bundle = distribution._bundle(this, 'bundle', {
      metadata: { ...metadata, name: metadata?.name ?? id },
      sources: (stage === CaRotationStage.REMOVE_OLD ? [to] : [from, to]).map(({ root }) => root),
    });
    this.trust = TrustSource.fromBundle(this.bundle);
    Validation.of(this).configure({ committed });
    this.refuseSkippedStage(props, distribution);
  }

  /** An immediate error, not a finding: also the first certificate must not be signed by a CA that is not trusted yet. */
  private refuseSkippedStage({ to, stage, committed }: CaRotationProps, { _kind: kind, _isNamespaced: isNamespaced }: TrustDistribution): void {
    if (stage === CaRotationStage.TRUST_BOTH) { return; }
    const namespace = isNamespaced ? Chart.of(this).namespace : undefined;
    if (!verifiesIssuer(committed._objects, { kind, namespace, name: this.bundle.bundleName }, to.issuer)) {
      throw new Error(`[${this.node.path}] stage '${stage}' requires '${CaRotationStage.TRUST_BOTH}' to be applied, but ${kind} '${this.bundle.bundleName}' in ${committed.description} `
        + `does not contain the CA of '${to.issuer.issuerName}'; synthesize, commit and apply '${CaRotationStage.TRUST_BOTH}' first`);
    }
  }
}
