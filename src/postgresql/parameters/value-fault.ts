/** What a value would do: the server refuses it for sure, or only the image can tell. */
export interface ValueFault {
  readonly fault: string;
  /** Whether it depends on what the image holds. */
  readonly depends?: boolean;
}
