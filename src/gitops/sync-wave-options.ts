/** Options of `ArgoCd.syncWaves`. */
export interface SyncWaveOptions {
  /**
   * Wave of the databases; all others are relative to it. An integer.
   *
   * @default 0
   */
  readonly databases?: number;
}
