import { Mapping } from '../data';

/** A value of a program, as data: it is evaluated for a construct, and printed as TypeScript. */
export type Expression = string | number | boolean | ReadonlyArray<Expression> | Fields | Call | Constant | Variable;

/** An object literal. */
export class Fields {
  public constructor(public readonly entries: ReadonlyArray<readonly [string, Expression]>) {}
}

/** A call of a static method, such as `Size.gibibytes`. */
export class Call {
  public constructor(public readonly method: string, public readonly parameters: ReadonlyArray<Expression>) {}
}

/** A static member, such as `SslMode.VERIFY_FULL`. */
export class Constant {
  public constructor(public readonly name: string) {}
}

/** A construct that a statement before it makes. */
export class Variable {
  public constructor(public readonly name: string) {}
}

/** A construct: `new Issuer(scope, id, …)`, or a reference such as `Issuer.fromIssuerName(scope, id, …)`. */
export interface Statement {
  readonly variable: string;
  readonly id: string;
  /** `Issuer` for `new Issuer`, otherwise the static method. */
  readonly make: string;
  readonly parameters: ReadonlyArray<Expression>;
}

export function call(method: string, ...parameters: Expression[]): Call {
  return new Call(method, parameters);
}

/** An object literal of the entries that have a value. */
export function fields(entries: Readonly<Record<string, Expression | undefined>>): Fields {
  return new Fields(Object.entries(entries).filter((entry): entry is [string, Expression] => entry[1] !== undefined));
}

/** A value of YAML as it is; fields that are null are left out, as the API server does. */
export function literal(value: unknown): Expression {
  if (Array.isArray(value)) { return value.filter(isPresent).map(literal); }
  if (typeof value === 'object' && value !== null) {
    return new Fields(Object.entries(value as Mapping).filter(([, inner]) => isPresent(inner)).map(([name, inner]) => [name, literal(inner)]));
  }
  return value as string | number | boolean;
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined;
}
