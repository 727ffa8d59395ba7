import { ApiObject, ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import { TreeValidation } from './tree-validation';

/** A field of an object that takes long to make, or that changes until the object is written. */
export interface LateField {
  readonly name: string;
  readonly make: () => unknown;
}

/** An object of this package: rendered once per synthesis, so that the rules check exactly what is written, and nothing is rendered twice. */
export class RenderedOnce extends ApiObject {
  /**
   * @param props what is written, or all of it but one field
   * @param late the field that is made each time when the object is written, and no earlier
   */
  public constructor(scope: Construct, id: string, props: ApiObjectProps, late?: LateField) {
    super(scope, id, late ? withLateField(withPrototypes(props) as ApiObjectProps, late) : withPrototypes(props) as ApiObjectProps);
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public override toJson(): any {
    return TreeValidation.of(this).rendered(this, () => super.toJson());
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
