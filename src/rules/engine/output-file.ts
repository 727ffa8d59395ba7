/** A file that cdk8s writes one object to, and nothing else. */
export interface OutputFile {
  /** The chart whose folder it is in; undefined where all charts write into one. */
  readonly chart: string | undefined;
  readonly name: string;
}
