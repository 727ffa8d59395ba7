import { Located } from '../../kubernetes';

/** A reference from one object to another. */
export interface Reference {
  /** The field that holds the reference. */
  readonly field: string;
  readonly kind: string;
  /** Empty where the field is not set. */
  readonly name: string;
}

export interface Referring extends Located {
  readonly references: ReadonlyArray<Reference>;
}
