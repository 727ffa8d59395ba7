import { ApiObject, ApiObjectProps, App, ImplicitTokenResolver, JsonPatch, LazyResolver, NumberStringUnionResolver } from 'cdk8s';
import { Construct } from 'constructs';
import { isKnownRelease } from './known-release';
import { plainManifest } from './plain-manifest';
import { TreeValidation } from './tree-validation';

/** A field of an object that takes long to make, or that changes until the object is written. */
export interface LateField {
  readonly name: string;
  readonly make: () => unknown;
}

/** Resolvers that leave plain data as it is. Source: cdk8s src/resolve.ts. */
const OF_CDK8S: readonly unknown[] = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/** An object of this package: rendered once per synthesis, so that the rules check exactly what is written, and nothing is rendered twice. */
export class RenderedOnce extends ApiObject {
  private readonly early: ApiObjectProps;
  private isPatched = false;

  /**
   * @param props what is written, or all of it but one field
   * @param late the field that is made each time when the object is written, and no earlier
   */
  public constructor(scope: Construct, id: string, props: ApiObjectProps, private readonly late?: LateField) {
    const early = withPrototypes(props) as ApiObjectProps;
    super(scope, id, late ? withLateField(early, late) : early);
    this.early = early;
  }

  public override addJsonPatch(...operations: JsonPatch[]): void {
    this.isPatched = true;
    super.addJsonPatch(...operations);
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public override toJson(): any {
    return TreeValidation.of(this).rendered(this, () => this.plain() ?? super.toJson());
  }

  /** What `super.toJson()` returns, or undefined for what cdk8s alone can render. */
  private plain(): unknown {
    const { resolvers } = this.node.root as Partial<App>;
    const isOfCdk8s = resolvers?.every((resolver) => OF_CDK8S.includes(resolver.constructor)) ?? false;
    if (!isOfCdk8s || this.isPatched || !isKnownRelease()) { return undefined; }
    const { early, late, metadata } = this;
    try {
      return plainManifest({ ...early, ...(late && { [late.name]: late.make() }), metadata: metadata.toJson() }, !process.env['CDK8S_DISABLE_SORT']);
    } catch {
      // cdk8s makes it once more; of an error it says which object has it.
      return undefined;
    }
  }
}

/** Source: cdk8s, ApiObject.toJson copies the properties each time, and its constructor reads API version, kind and metadata alone. */
function withLateField(props: ApiObjectProps, { name, make }: LateField): ApiObjectProps {
  return Object.defineProperty({ ...props }, name, { enumerable: true, get: () => withPrototypes(make()) });
}

/** Parsers make objects without a prototype, at which cdk8s fails: it asks every object for its constructor. Source: cdk8s, sanitizeValue. */
function withPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(withPrototypes); }
  if (typeof value !== 'object' || value === null) { return value; }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) { return value; }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withPrototypes(item)]));
}
