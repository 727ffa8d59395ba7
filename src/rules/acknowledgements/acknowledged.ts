/** An acknowledged warning. */
export interface Acknowledged {
  readonly code: string;
  readonly reason: string;
  /** Whether the warning occurs. */
  readonly occurs: boolean;
}
