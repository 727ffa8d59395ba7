/** What a finding is about: a construct, or a manifest in a file. */
export class Place {
  /** The place itself and everything that it is a part of, outermost first. */
  public readonly scopes: ReadonlyArray<Place>;
  /** The construct that an object is a part of, or the place itself. */
  public readonly composite: Place;
  /** The outermost construct below the chart. */
  public readonly top: Place;

  /**
   * @param path path of the construct, or file and object
   * @param enclosing everything that it is a part of, outermost first
   * @param composite the construct that an object is a part of, if it is below a chart
   */
  public constructor(public readonly path: string, enclosing: ReadonlyArray<Place> = [], composite?: Place) {
    this.scopes = [...enclosing, this];
    this.composite = composite ?? this;
    this.top = composite?.top ?? this;
  }

  /** Whether it is another place, or a part of it. */
  public isWithin(other: Place): boolean {
    return this.scopes.includes(other);
  }
}
