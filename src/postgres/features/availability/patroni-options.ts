/** Options of `HighAvailability.patroni`. */
export interface PatroniOptions {
  /**
   * Number of pods with a server each: one leader, the others replicas.
   *
   * @default 3
   */
  readonly members?: number;
}
