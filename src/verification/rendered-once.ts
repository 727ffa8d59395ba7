import { ApiObject, ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import { TreeValidation } from './tree-validation';

/** An object of this package: rendered once per synthesis, so that the rules check exactly what is written, and nothing is rendered twice. */
export class RenderedOnce extends ApiObject {
  /** @param props what is written, or what makes it when it is written */
  public constructor(scope: Construct, id: string, props: ApiObjectProps | (() => ApiObjectProps)) {
    super(scope, id, typeof props === 'function' ? madeLate(props) : withPrototypes(props) as ApiObjectProps);
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public override toJson(): any {
    return TreeValidation.of(this).rendered(this, () => super.toJson());
  }
}

/** Properties that are read when cdk8s writes the object. Source: cdk8s, ApiObject.toJson copies them each time. */
function madeLate(make: () => ApiObjectProps): ApiObjectProps {
  const names = Object.keys(make());
  return Object.defineProperties({}, Object.fromEntries(names.map((name) => [name, { enumerable: true, get: () => withPrototypes(make()[name]) }]))) as ApiObjectProps;
}

/** Parsers make objects without a prototype, at which cdk8s fails: it asks every object for its constructor. Source: cdk8s, sanitizeValue. */
function withPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(withPrototypes); }
  if (typeof value !== 'object' || value === null) { return value; }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) { return value; }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withPrototypes(item)]));
}
