import { Expression, literal } from './expression';
import { ConversionOutcome } from './outcome';
import { isGiven, Mapping } from '../data';
import { parseGoDuration, parseQuantity } from '../formats';

/** What becomes of a field. */
export interface Taken {
  readonly outcome: ConversionOutcome;
  readonly note: string;
  /** Properties of `Postgres` by path, such as `tls.certificates.server.duration`. */
  readonly props: ReadonlyArray<readonly [string, Expression]>;
  /** The field whose acknowledgement includes this one: one cause, one finding. */
  readonly partOf?: string;
}

/** A value that the other program refuses as well, or that has no meaning. */
export interface Refused {
  readonly problem: string;
  readonly fix: string;
}

export type Answer = Taken | Refused;

/** A type of values, as messages name it. */
export interface ValueType {
  readonly name: string;
  readonly accepts: (value: unknown) => boolean;
}

/** A field of the input, and how it is taken over. */
export interface FieldRule<Context = unknown> {
  /** The version of the API that alone has the field. */
  readonly only?: 'v1' | 'v1alpha2';
  readonly is: ValueType;
  /** Names of the fields in a mapping that is taken as a whole; none: every name. */
  readonly knows?: ReadonlyArray<string>;
  readonly take: (value: unknown, context: Context, item: Mapping) => Answer;
  /** What the other program does without the field, if it differs here or needs a property. */
  readonly absent?: (context: Context) => Taken | Refused | undefined;
}

/** Rules by field: `spec.tls.certificates[].duration`. A rule takes a field as a whole. */
export type FieldRules<Context = unknown> = Readonly<Record<string, FieldRule<Context>>>;

const isMapping = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown) => typeof value === 'string';

export const TEXT: ValueType = { name: 'a text', accepts: isScalar };
/** Of an object that is referred to. */
export const NAME: ValueType = { name: 'a name', accepts: (value) => isScalar(value) && value !== '' };
export const FLAG: ValueType = { name: 'true or false', accepts: (value) => typeof value === 'boolean' };
export const INTEGER: ValueType = { name: 'an integer', accepts: (value) => Number.isInteger(value) };
export const TEXTS: ValueType = { name: 'a list of texts', accepts: (value) => Array.isArray(value) && value.every(isScalar) };
export const LABELS: ValueType = { name: 'a mapping of texts', accepts: (value) => isMapping(value) && Object.values(value as Mapping).every(isScalar) };
export const MAPPING: ValueType = { name: 'a mapping', accepts: isMapping };
export const LIST: ValueType = { name: 'a list', accepts: Array.isArray };
export const MAPPINGS: ValueType = { name: 'a list of mappings', accepts: (value) => Array.isArray(value) && value.every(isMapping) };
export const QUANTITY: ValueType = { name: 'a quantity such as 10Gi', accepts: (value) => parseQuantity(value) !== undefined };
export const GO_DURATION: ValueType = { name: 'a duration such as 2160h0m0s', accepts: (value) => (parseGoDuration(value) ?? -1) > 0 };

export function oneOf(...values: string[]): ValueType {
  return { name: `one of ${values.join(', ')}`, accepts: (value) => values.some((known) => known === value) };
}

/** The same here, as one property. */
export function became(property: string, value: Expression, note = `property '${property}'`): Taken {
  return { outcome: ConversionOutcome.TAKEN_OVER, note, props: [[property, value]] };
}

/** The same here without a property. */
export function same(note: string): Taken {
  return { outcome: ConversionOutcome.TAKEN_OVER, note, props: [] };
}

export function changed(note: string, props: Taken['props'] = []): Taken {
  return { outcome: ConversionOutcome.CHANGED, note, props };
}

export function unsupported(note: string, partOf?: string): Taken {
  return { outcome: ConversionOutcome.NOT_SUPPORTED, note, props: [], ...(partOf === undefined ? {} : { partOf }) };
}

export function refused(problem: string, fix: string): Refused {
  return { problem, fix };
}

export function isRefused(answer: Answer): answer is Refused {
  return 'problem' in answer;
}

/** A field that becomes a property as it is. */
export function asProperty(is: ValueType, property: string, knows?: ReadonlyArray<string>): FieldRule {
  return { is, ...(knows === undefined ? {} : { knows }), take: (value) => became(property, literal(value)) };
}

/** A field without an effect here. */
export function withoutEffect(is: ValueType, note: string): FieldRule {
  return { is, take: () => changed(note) };
}

/** A field that is not supported, unless it has the value that stands for nothing. */
export function notSupported(is: ValueType, note: string, harmless?: unknown): FieldRule {
  return { is, take: (value) => (isGiven(harmless) && value === harmless ? same('the default here, too') : isEmpty(value) ? same('empty') : unsupported(note)) };
}

function isEmpty(value: unknown): boolean {
  return (Array.isArray(value) && value.length === 0) || (isMapping(value) && Object.keys(value as Mapping).length === 0);
}
