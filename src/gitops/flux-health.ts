import { checkArguments } from '../checks';

/** An object that a Kustomization waits for. */
export interface FluxHealthCheck {
  /** API version, for example `apps/v1`. */
  readonly apiVersion: string;

  /** Kind, for example `StatefulSet`. */
  readonly kind: string;

  /** Name of the object. */
  readonly name: string;

  /**
   * Namespace of the object.
   *
   * @default - that of the Kustomization
   */
  readonly namespace?: string;
}

/** Expressions in CEL over an object of a kind, which decide whether it is ready. */
export interface FluxHealthExpressionOptions {
  /** API version, for example `trust.cert-manager.io/v1alpha1`. */
  readonly apiVersion: string;

  /** Kind, for example `Bundle`. */
  readonly kind: string;

  /** True if the object is ready. */
  readonly current: string;

  /**
   * True if the object has failed.
   *
   * @default - it never fails
   */
  readonly failed?: string;

  /**
   * True if the object is not ready yet.
   *
   * @default - it is not ready yet while neither of the others is true
   */
  readonly inProgress?: string;
}

/**
 * When objects of a kind are ready, for kinds without a condition `Ready`. Certificates, issuers, StatefulSets and all other kinds of this package need none.
 *
 * @see https://fluxcd.io/flux/cheatsheets/cel-healthchecks/
 */
export class FluxHealthExpression {
  /** Bundles of trust-manager, whose condition is `Synced`: without it, Flux does not wait for the trusted CAs. */
  public static bundles(): FluxHealthExpression {
    const synced = (status: string) => `status.conditions.exists(c, c.type == 'Synced' && c.status == '${status}')`;
    return new FluxHealthExpression({ apiVersion: 'trust.cert-manager.io/v1alpha1', kind: 'Bundle', current: synced('True'), failed: synced('False') });
  }

  /**
   * Expressions of your own.
   *
   * @throws if a text is empty
   */
  public static custom(options: FluxHealthExpressionOptions): FluxHealthExpression {
    checkArguments('FluxHealthExpression.custom', options);
    for (const [field, value] of Object.entries(options) as Array<[string, string | undefined]>) {
      if (value?.trim() === '') { throw new Error(`FluxHealthExpression.custom: ${field} is empty; give an expression, or leave it out`); }
    }
    return new FluxHealthExpression(options);
  }

  /** @internal */
  private constructor(public readonly _options: FluxHealthExpressionOptions) {}
}
