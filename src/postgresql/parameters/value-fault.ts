/** A fault of a value: the server rejects it, or whether it does depends on the image. */
export interface ValueFault {
  readonly fault: string;
  /** Whether it depends on the content of the image. */
  readonly depends?: boolean;
}
