import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { TrustBundle } from './trust-bundle';
import { TrustBundleKind } from './trust-bundle-kind';
import { TrustBundleTarget } from './trust-bundle-target';
import { TrustSource } from './trust-source';
import { TrustedCa } from './trusted-ca';
import { IIssuer } from '../cert-manager';
import { checkArguments } from '../checks';
import { formatIssuerIdentities, verifiesIssuer } from '../pki';
import { CommittedManifests, Findings } from '../verification';

/** How far the replacement of an authority has come. Each stage is a synthesis, applied and carried out before the next. */
export enum CaRotationPhase {
  /** Everybody trusts both; the old authority signs. */
  TRUST_BOTH = 'trust-both',
  /** Everybody trusts both; the new authority signs. */
  ISSUE_FROM_NEW = 'issue-from-new',
  /** Nobody trusts the old authority any more. */
  REMOVE_OLD = 'remove-old',
}

/** Properties of an CaRotation. */
export interface CaRotationProps {
  /** The authority that has signed so far. */
  readonly from: TrustedCa;

  /** The authority that takes its place. */
  readonly to: TrustedCa;

  /** How far the roll has come. */
  readonly stage: CaRotationPhase;

  /** The manifests that are in force: they say whether the stages before were carried out. */
  readonly committed: CommittedManifests;

  /**
   * Name of the bundle. That of a TrustBundle which is there already goes on without anybody noticing.
   *
   * @default - the construct id
   */
  readonly bundleName?: string;

  /**
   * What the bundle is written into.
   *
   * @default TrustBundleTarget.configMap()
   */
  readonly target?: TrustBundleTarget;

  /**
   * Labels of the namespaces that get the bundle.
   *
   * @default - every namespace; the chart's for a ConfigMap
   */
  readonly namespaceLabels?: { readonly [name: string]: string };

  /**
   * What brings the bundle into the namespaces.
   *
   * @default TrustBundleKind.BUNDLE
   */
  readonly kind?: TrustBundleKind;
}

/**
 * The replacement of an authority by another one, in three stages: add the new one to what everybody trusts, issue from the new one,
 * remove the old one. No client and no server ever meets a certificate that it does not trust.
 *
 * A stage that skips another is refused: the proofs compare with the manifests that are in force.
 */
export class CaRotation extends Construct {
  /** Who signs at this stage. */
  public readonly issuer: IIssuer;

  /** What clients and servers trust at this stage. */
  public readonly trust: TrustSource;

  /** What carries the trust. */
  public readonly bundle: TrustBundle;

  /** How far the roll has come. */
  public readonly stage: CaRotationPhase;

  public constructor(scope: Construct, id: string, props: CaRotationProps) {
    checkArguments('CaRotation', scope, id, props);
    super(scope, id);
    const { from, to, stage, committed, bundleName = id, kind, target, namespaceLabels } = props;
    if (formatIssuerIdentities([from.issuer]) === formatIssuerIdentities([to.issuer])) {
      throw new Error(`[${this.node.path}] from and to are both issuer '${to.issuer.issuerName}'; a roll needs a new authority with an issuer of its own`);
    }
    this.stage = stage;
    this.issuer = stage === CaRotationPhase.TRUST_BOTH ? from.issuer : to.issuer;
    this.bundle = new TrustBundle(this, 'bundle', {
      metadata: { name: bundleName },
      sources: (stage === CaRotationPhase.REMOVE_OLD ? [to] : [from, to]).map(({ root }) => root),
      kind, target, namespaceLabels,
    });
    this.trust = TrustSource.bundle(this.bundle);
    Findings.configure(this, { committed });
    this.refuseSkippedStage(props, kind ?? TrustBundleKind.BUNDLE);
  }

  /** At once and not as a finding: even what nobody has been issued yet is not signed by an authority that nobody trusts. */
  private refuseSkippedStage({ to, stage, committed }: CaRotationProps, kind: TrustBundleKind): void {
    if (stage === CaRotationPhase.TRUST_BOTH) { return; }
    const namespace = kind === TrustBundleKind.CONFIG_MAP ? Chart.of(this).namespace : undefined;
    if (!verifiesIssuer(committed._objects, { kind, namespace, name: this.bundle.bundleName }, to.issuer)) {
      throw new Error(`[${this.node.path}] stage '${stage}' comes after '${CaRotationPhase.TRUST_BOTH}', but ${kind} '${this.bundle.bundleName}' in ${committed.description} `
        + `does not hold '${to.issuer.issuerName}'; synthesize, commit and apply '${CaRotationPhase.TRUST_BOTH}' first`);
    }
  }
}
