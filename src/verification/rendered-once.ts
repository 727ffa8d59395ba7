import { ApiObject, ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import { TreeValidation } from './tree-validation';

/** An object of this package: rendered once per synthesis, so that the rules check exactly what is written, and nothing is rendered twice. */
export class RenderedOnce extends ApiObject {
  /**
   * @param props what is written, or what makes it when it is written
   * @param head API version, kind and metadata, where the rest is a `spec` that takes long to make: it is then made only when it is written
   */
  public constructor(scope: Construct, id: string, props: ApiObjectProps | (() => ApiObjectProps), head?: ApiObjectProps) {
    super(scope, id, typeof props === 'function' ? madeLate(props, head) : withPrototypes(props) as ApiObjectProps);
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public override toJson(): any {
    return TreeValidation.of(this).rendered(this, () => super.toJson());
  }
}

/** Properties that are read when cdk8s writes the object. Source: cdk8s, ApiObject.toJson copies them each time, and its constructor reads the head. */
function madeLate(make: () => ApiObjectProps, head?: ApiObjectProps): ApiObjectProps {
  const late = (name: string) => ({ enumerable: true, get: () => withPrototypes(make()[name]) });
  const early = (value: unknown) => ({ enumerable: true, value: withPrototypes(value) });
  const properties = head ? [...Object.entries(head).map(([name, value]) => [name, early(value)]), ['spec', late('spec')]] : Object.keys(make()).map((name) => [name, late(name)]);
  return Object.defineProperties({}, Object.fromEntries(properties) as PropertyDescriptorMap) as ApiObjectProps;
}

/** Parsers make objects without a prototype, at which cdk8s fails: it asks every object for its constructor. Source: cdk8s, sanitizeValue. */
function withPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(withPrototypes); }
  if (typeof value !== 'object' || value === null) { return value; }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) { return value; }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withPrototypes(item)]));
}
