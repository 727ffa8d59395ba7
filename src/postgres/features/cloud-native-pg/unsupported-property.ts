/** A property that a Cluster cannot have. */
export interface UnsupportedProperty {
  readonly property: string;
  /** Why, after the name of the property. */
  readonly reason: string;
  /** What to do. */
  readonly instead: string;
}
