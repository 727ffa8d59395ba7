/** Options of `HighAvailability.patroni`. */
export interface PatroniOptions {
  /** Image. */
  readonly image: string;

  /**
   * Number of pods with a server each: one leader, the others replicas.
   *
   * @default 3
   */
  readonly members?: number;

  /**
   * Whether an even number of members is intended.
   *
   * @default false
   */
  readonly evenMembers?: boolean;

  /**
   * Whether the leader waits.
   *
   * @default - true with three members or more
   */
  readonly synchronous?: boolean;
}
