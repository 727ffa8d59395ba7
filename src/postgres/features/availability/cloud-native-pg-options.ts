/** Options of `HighAvailability.cloudNativePg`. */
export interface CloudNativePgOptions {
  /**
   * Number of instances: one primary, the others replicas.
   *
   * @default 3
   */
  readonly instances?: number;
}
